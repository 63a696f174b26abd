//go:build tools

// Package tools pins the command that `go build` makes: the Node.js language host.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"

//go:build tools

// Package tools pins the command that `go build` makes: the Pulumi CLI.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"

import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import semver from "semver";
import { copyDynamicProvider, executables } from "../pinned/engineFiles";
import { goModules } from "../pinned/pinnedEngine";
import type { InstallRoute, RouteResult } from "./engineRoute";

const languageHostPackage = "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs";
const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** A build from the Go module proxy, pinned by the go.mod and go.sum of `engine/cli` and `engine/language-host`. */
export const goRoute: InstallRoute = {
  name: "built with Go from the module proxy",
  async install(folder, { pinned, progress }) {
    const go = await findGo(pinned.goVersion);
    if ("whyNot" in go) return go;
    const bin = path.join(folder, "bin");
    await mkdir(bin, { recursive: true });

    const cliFlags = ["-ldflags", `-s -w -X ${versionVariable}=${pinned.cliVersion}`];
    const steps = [
      {
        what: "language host",
        module: "language-host",
        flags: [],
        file: executables.languageHost,
        of: languageHostPackage,
      },
      { what: "CLI", module: "cli", flags: cliFlags, file: executables.cli, of: cliPackage },
    ];
    for (const step of steps) {
      const build = startGoBuild(step.module, [...step.flags, "-o", path.join(bin, step.file), step.of]);
      const failure = await progress.during(
        () => build.failure,
        `Building the Pulumi ${step.what} with Go ${go.found}`,
        build.howFar,
      );
      if (failure !== undefined) return { whyNot: `the build of the ${step.what} with Go failed (${failure})` };
    }
    await copyDynamicProvider(bin);
    return { found: { version: pinned.cliVersion } };
  },
};

/** The version of the `go` on PATH, when it can build the engine. */
export async function findGo(oldest: string, goVersion: () => Promise<string> = askGo): Promise<RouteResult<string>> {
  let printed: string;
  try {
    printed = await goVersion();
  } catch {
    return { whyNot: "no Go on PATH" };
  }
  // 'go1.26.8', a release candidate 'go1.26rc1', a vendor's 'go1.26.8-custom'.
  const version = semver.coerce(printed);
  if (version === null) return { whyNot: `the Go on PATH calls its version '${printed}'` };
  if (version.compare(oldest) < 0) return { whyNot: `the Go on PATH is ${version.version}, older than ${oldest}` };
  return { found: version.version };
}

async function askGo(): Promise<string> {
  // Outside any module and with the local toolchain, so that the answer is about the Go that is installed.
  const options = { cwd: tmpdir(), env: { GOTOOLCHAIN: "local", GOWORK: "off" }, timeout: 30_000 };
  return (await execa("go", ["env", "GOVERSION"], options)).stdout.trim();
}

/** Runs `go build -v`, which names modules as it downloads and packages as it compiles them. */
function startGoBuild(module: string, args: string[]): { howFar: () => string; failure: Promise<string | undefined> } {
  // With -buildvcs=false nothing of the surrounding git repository gets into the result. Debug information would take
  // a fifth of the time.
  const child = execa("go", ["build", "-v", "-buildvcs=false", "-gcflags=all=-dwarf=false", ...args], {
    cwd: path.join(goModules, module),
    env: { GOWORK: "off" },
    stdin: "ignore",
    reject: false,
  });
  let downloaded = 0;
  let compiled = 0;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.split("\n")) {
      if (line.startsWith("go: downloading ")) downloaded += 1;
      else if (/^\S+$/.test(line)) compiled += 1;
    }
  });
  const failure = child.then((result) => {
    if (result.exitCode === 0) return undefined;
    const lines = (result.stderr ?? "")
      .split("\n")
      .filter((line) => line.includes(" ") && !line.startsWith("go: downloading "));
    return (lines.at(-1) ?? result.signal ?? "no reason given").trim().slice(0, 200);
  });
  return { howFar: () => `${downloaded} modules downloaded, ${compiled} packages compiled`, failure };
}

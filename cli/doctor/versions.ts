import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import satisfies from "semver/functions/satisfies";
import { ownPackage } from "../surroundings/ownPackage";
import { type Finding, notChecked, ok } from "./finding";

// What newer SDKs add. Sources: the CHANGELOG of pulumi/pulumi, and what was tried in an engine.
const hooksFrom = ">=3.244.0";
// 3.249.0 raised the Node.js that the SDK requires.
const needsNode22From = ">=3.249.0";

/** The versions of Node.js, of the SDKs in this folder and of the Pulumi CLI, and what of this package they support. */
export async function versionFindings(folder: string): Promise<Finding[]> {
  const { engines, peerDependencies, version } = ownPackage();
  const node = process.versions.node;
  return [
    ok("version", `pulumi-otc-background-task ${version}`),
    satisfies(node, engines.node)
      ? ok("Node.js", node)
      : fault("Node.js", `${node}, but ${engines.node} is needed`, "Install another version of Node.js."),
    ...sdkFindings(folder, peerDependencies, node),
    await engineFinding(),
  ];
}

function sdkFindings(folder: string, needed: { [name: string]: string }, node: string): Finding[] {
  return Object.entries(needed).map(([name, range]) => {
    const version = versionIn(folder, name);
    if (version === undefined) {
      return notChecked(name, `not in ${folder}`);
    }
    if (!satisfies(version, range)) {
      return fault(name, `${version}, but ${range} is needed`, `Run: npm install ${name}@latest`);
    }
    if (name === "@pulumi/pulumi" && satisfies(version, needsNode22From) && satisfies(node, "<22")) {
      return fault(name, `${version}, which needs Node.js 22, but this is ${node}`, "Install Node.js 22 or later.");
    }
    const isOld = name === "@pulumi/pulumi" && !satisfies(version, hooksFrom);
    return ok(name, isOld ? `${version}; hooks need ${hooksFrom.slice(2)} or later, all else is supported` : version);
  });
}

function versionIn(folder: string, name: string): string | undefined {
  try {
    const require = createRequire(path.join(folder, "index.js"));
    return (require(`${name}/package.json`) as { version: string }).version.replace(/^v/, "");
  } catch {
    return undefined;
  }
}

async function engineFinding(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["version"]);
    return ok("Pulumi CLI", stdout.trim());
  } catch {
    return notChecked("Pulumi CLI", `there is no "pulumi" on the PATH; only programs and --stack need it`);
  }
}

function fault(topic: string, text: string, advice: string): Finding {
  return { topic, state: "fault", text, advice };
}

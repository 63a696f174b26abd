import path from "node:path";

const program = `
const { BackgroundTask } = require("pulumi-otc-background-task");
const { OTC_INSTANCE_ID: instanceId, TASK_ID: taskId } = process.env;
exports.status = new BackgroundTask("task", { instanceId, taskId, failOnError: false, timeoutSeconds: 600 }).status;
`;

export function packFolder(programFolder: string): string {
  return path.join(programFolder, "pack");
}

/** A program with one wait, and a pack beside it in which all rules but these are disabled. */
export function policyFiles(rules: object): Record<string, string> {
  const args = JSON.stringify({ all: "disabled", ...rules });
  return {
    "Pulumi.yaml": "name: program\nruntime: nodejs\n",
    "index.js": program,
    "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
    "pack/package.json": JSON.stringify({ name: "pack", version: "1.0.0", main: "index.js" }),
    "pack/index.js": `
const { BackgroundTaskPolicyPack } = require("pulumi-otc-background-task/policy");
new BackgroundTaskPolicyPack(${args});
`,
  };
}

import { readFileSync } from "node:fs";
import path from "node:path";
import { HermeticStack } from "../../engine/hermeticStack";
import { project } from "../servers/login";
import type { LoadService } from "./loadService";
import { usageMeter, type Usage } from "../../engine/usageMeter";

const program = `
const pulumi = require("@pulumi/pulumi");
const { BackgroundTask } = require("pulumi-otc-background-task");
for (const [i, { instanceId, taskId }] of new pulumi.Config().requireObject("tasks").entries()) {
  new BackgroundTask("task-" + i, { instanceId, taskId });
}
`;

/** One `up` of a real engine that waits for all of them. Resolves with what the provider's process used. */
export async function waitInEngine({ tasks, endpoint }: LoadService): Promise<Usage & { recorded: number }> {
  const stack = await HermeticStack.create({
    files: { "index.js": program, "usageMeter.js": usageMeter },
    env: {
      OS_TOKEN: "token-of-load",
      OS_PROJECT_ID: project.id,
      OS_AUTH_URL: `${endpoint}/v3`,
      OS_DMS_ENDPOINT_OVERRIDE: endpoint,
    },
    config: { "program:tasks": JSON.stringify(tasks.map(({ instanceId, taskId }) => ({ instanceId, taskId }))) },
  });
  try {
    const meter = path.join(stack.programDir, "usageMeter.js");
    const up = await stack.up({
      args: ["--parallel", "600"],
      env: { NODE_OPTIONS: `--require ${JSON.stringify(meter)}`, METERED: "dynamic-provider" },
    });
    if (up.exitCode !== 0) throw new Error(`pulumi up failed:\n${up.stdout.slice(-2000)}\n${up.stderr.slice(-2000)}`);
    const { resources = [] } = (await stack.exportState()).deployment;
    const recorded = resources.filter(
      ({ type, outputs }) => type.endsWith(":BackgroundTask") && (outputs as { status?: string }).status === "SUCCESS",
    ).length;
    const usage = JSON.parse(readFileSync(path.join(stack.programDir, "usage.json"), "utf8")) as Usage;
    return { ...usage, recorded };
  } finally {
    await stack.dispose();
  }
}

import { program, type Scenario } from "./scenario";

/** A pack of all policies, set by these arguments. */
export const pack = (args: object) => ({
  files: {
    "index.js": `
const { BackgroundTaskPolicyPack } = require("pulumi-otc-background-task/policy");
new BackgroundTaskPolicyPack(${JSON.stringify(args)});
`,
  },
});

/** A pack of one policy. */
export const only = (rule: string, args: unknown = "mandatory") => pack({ all: "disabled", [rule]: args });

/** A program that waits for the tasks in its configuration. */
export const tasks = program(`
for (const taskId of (config.get("taskIds") ?? "").split(",").filter(Boolean)) {
  new BackgroundTask("task-" + taskId, { instanceId, taskId, failOnError: false, timeoutSeconds: 40 });
}
`);

export const add = ({ emulator }: Scenario, status: string) =>
  emulator.addTask({ name: "restart", progress: [{ status }] }).taskId;
export const requestsTo = ({ emulator }: Scenario, route: string) =>
  emulator.requests().filter((request) => request.route === route);

// The programs that the engine runs for the bench, and what is measured of their providers.

/** Waits for the configuration's `tasks`: an existing one, or one that is started here, as by an operation. */
export const waits = `
const pulumi = require("@pulumi/pulumi");
const { BackgroundTask } = require("pulumi-otc-background-task");
async function begin(instanceId, seconds) {
  const response = await fetch(process.env.EMULATOR_URL + "/_emulator/tasks", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: "operation", instanceId, progress: [{ status: "SUCCESS", afterSeconds: seconds }] }),
  });
  return (await response.json()).taskId;
}
for (const [i, { instanceId, taskId, seconds }] of new pulumi.Config().requireObject("tasks").entries()) {
  new BackgroundTask("task-" + i, { instanceId, taskId: taskId ?? begin(instanceId, seconds) });
}
`;

/** As many resources that do nothing: what the engine and the SDK take by themselves. */
export const nothings = `
const pulumi = require("@pulumi/pulumi");
const provider = { create: async (inputs) => ({ id: inputs.taskId, outs: inputs }) };
class Nothing extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(provider, name, args, undefined, "bench", "Nothing");
  }
}
for (const [i, { instanceId, taskId }] of new pulumi.Config().requireObject("tasks").entries()) {
  new Nothing("task-" + i, { instanceId, taskId });
}
`;

/** Loaded into every process of Node: the one that runs the dynamic providers notes what it has used so far. */
export const usageMeter = `
if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  const { writeFileSync } = require("node:fs");
  const note = () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { megabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
    writeFileSync(__dirname + "/usage.json", JSON.stringify(usage));
  };
  note();
  setInterval(note, 250).unref();
}
`;

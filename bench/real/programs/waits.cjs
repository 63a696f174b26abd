// Waits for the configuration's `tasks`: an existing one, or one that is started here, as by an operation.
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

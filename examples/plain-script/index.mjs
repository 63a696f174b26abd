// Waits until an instance takes the next operation, without a Pulumi program. Exits with 1 if a task failed.
import { getQuietInstance, TasksFailedError } from "pulumi-otc-background-task";

const abort = new AbortController();
process.once("SIGINT", () => abort.abort(new Error("interrupted")));

try {
  const tasks = await getQuietInstance(
    { instanceId: process.env.OTC_INSTANCE_ID, timeoutSeconds: 600 },
    { signal: abort.signal, onProgress: ({ name, status }) => console.log(`waiting: ${name} ${status}`) },
  );
  console.log(`quiet after ${tasks.length} task(s)`);
} catch (error) {
  console.error(error.message);
  process.exitCode = error instanceof TasksFailedError ? 1 : 2;
}

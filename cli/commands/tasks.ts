import { systemClock } from "../../provider/clock/clock";
import { identityFor } from "../../provider/identity/identities";
import { quote } from "../../provider/output/secrets";
import { listTasksWith } from "../../provider/service/taskList";
import { describeSeconds } from "../../provider/task/descriptions";
import type { BackgroundTaskResult } from "../../provider/task/task";
import { resultOf } from "../../provider/wait/outcome";
import { listPatiently } from "../../provider/wait/patientList";
import { secondsOfOption } from "../surroundings/duration";
import { checkId, configurationOf, type PlaceOptions, serviceOf, settingsOf } from "../surroundings/place";
import { startMsOf } from "../surroundings/since";
import { jsonOf, type Output } from "../terminal/output";
import { tableOf } from "../terminal/table";

export interface TasksOptions extends PlaceOptions {
  name?: string;
  status?: string;
  since?: string;
  timeout: string;
  json?: boolean;
}

/** `tasks INSTANCE`: an instance's tasks, newest first. */
export async function listTasks(
  instanceId: string,
  options: TasksOptions,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  checkId("INSTANCE", instanceId);
  const service = serviceOf(options);
  const { name, status, since } = options;
  const createdAfterMs = since === undefined ? undefined : startMsOf(since, systemClock);
  const timeoutMs = secondsOfOption("--timeout", options.timeout) * 1000;
  const settings = settingsOf(options, await configurationOf(options));
  const tasks = resultOf(
    await listPatiently({
      listTasks: listTasksWith(identityFor(settings), service),
      instanceId,
      filter: { name, status, createdAfterMs },
      options: { timeoutMs },
      clock: systemClock,
      listener: { onRetry: ({ message }) => void output.progress.show(`${message}; retrying`) },
      signal,
    }),
  );
  if (options.json) {
    output.result(jsonOf({ tasks }));
  } else if (tasks.length === 0) {
    output.tell(`No background task of instance ${instanceId} matches.`);
  } else {
    tableOf(["NAME", "ID", "STATUS", "BEGAN", "TOOK", "BY"], tasks.map(rowOf)).forEach((line) => output.result(line));
  }
}

function rowOf(task: BackgroundTaskResult): string[] {
  const { name, taskId, status, createdAt, durationSeconds, userName, userId } = task;
  const took = durationSeconds === undefined ? undefined : describeSeconds(durationSeconds);
  return [name, taskId, status, createdAt?.replace(/\.\d+/, ""), took, userName ?? userId].map(
    (text) => quote(text ?? "") || "-",
  );
}

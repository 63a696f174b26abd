import { systemClock } from "../../provider/clock/clock";
import { identityFor } from "../../provider/identity/identities";
import { defaultDelayBounds } from "../../provider/schedule/schedule";
import { describeSeconds, describeTask } from "../../provider/task/descriptions";
import type { BackgroundTaskResult } from "../../provider/task/task";
import { throwIfFailed } from "../../provider/task/verdict";
import { waitForOneTask } from "../../provider/wait/oneTask";
import { withProgressOn } from "../../provider/wait/progressReport";
import { secondsOfOption } from "../surroundings/duration";
import { checkId, configurationOf, type PlaceOptions, serviceOf, settingsOf } from "../surroundings/place";
import { startOf } from "../surroundings/since";
import { UsageError } from "../terminal/exitCodes";
import { jsonOf, type Output } from "../terminal/output";

export interface WaitCommandOptions extends PlaceOptions {
  name?: string;
  since?: string;
  timeout: string;
  appearTimeout: string;
  json?: boolean;
}

/**
 * `wait INSTANCE (TASK | --name N --since T)`: resolves when the task has succeeded.
 *
 * @throws TaskFailedError, WaitTimedOutError and whatever else keeps it from being known.
 */
export async function waitForTask(
  instanceId: string,
  taskId: string | undefined,
  options: WaitCommandOptions,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const { name, since } = options;
  checkId("INSTANCE", instanceId);
  checkChoice(taskId, name, since);
  const service = serviceOf(options);
  const start = since === undefined ? undefined : startOf(since, systemClock);
  const pace = {
    timeoutMs: secondsOfOption("--timeout", options.timeout) * 1000,
    appearTimeoutMs: secondsOfOption("--appear-timeout", options.appearTimeout) * 1000,
    ...defaultDelayBounds,
  };
  const settings = settingsOf(options, await configurationOf(options));
  const task = await withProgressOn(output.progress, (listener) =>
    waitForOneTask({
      identity: identityFor(settings),
      service,
      instanceId,
      taskId,
      name,
      start,
      options: { ...pace, wait: true },
      clock: systemClock,
      listener,
      signal,
    }),
  );
  throwIfFailed(task, { failOnError: true }, taskId === undefined ? "call by name" : "call by id");
  output.result(options.json ? jsonOf({ outcome: "succeeded", task }) : describeSuccess(task));
}

function checkChoice(taskId: string | undefined, name: string | undefined, since: string | undefined): void {
  if ((taskId === undefined) === (name === undefined)) {
    throw new UsageError(
      `wait needs either a TASK or --name, but was given ${taskId === undefined ? "neither" : "both"}.`,
    );
  }
  if (taskId !== undefined) {
    checkId("TASK", taskId);
  }
  if ((name === undefined) !== (since === undefined)) {
    throw new UsageError(
      name === undefined
        ? "--since selects a task by --name, but a TASK was given: leave it out."
        : "--name needs --since: the earliest start that counts, such as 10m or 2026-01-31T08:00:00Z. An older run would end the wait at once.",
    );
  }
}

function describeSuccess(task: BackgroundTaskResult): string {
  const { durationSeconds } = task;
  const took = durationSeconds === undefined ? "" : ` (took ${describeSeconds(durationSeconds)})`;
  return `${describeTask(task)} succeeded${took}`;
}

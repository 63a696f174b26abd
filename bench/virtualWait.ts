import type { ShowTask, TaskReply } from "../provider/service/client";
import type { Clock } from "../provider/clock/clock";
import { defaultDelayBounds } from "../provider/schedule/schedule";
import type { BackgroundTaskResult } from "../provider/task/task";
import { typicalDurationsMs } from "../provider/schedule/typicalDurations";
import { resultOf } from "../provider/wait/outcome";
import { waitForTask, type WaitOptions } from "../provider/wait/waiter";
import { delaysOfLook, type LookDelays } from "./lookDelays";
import type { DrawnTask } from "./mixture";
import type { Waited } from "./waits";

export const subject = { instanceId: "instance", taskId: "task" };
export const name = "someOperation";

export const waitOptions: WaitOptions = {
  ...defaultDelayBounds,
  wait: true,
  timeoutMs: 24 * 60 * 60 * 1000,
  appearTimeoutMs: 60_000,
};

/** A clock that is only ever moved on by those who sleep on it. */
export class VirtualClock implements Clock {
  private timeMs = 0;

  constructor(readonly random: () => number) {}

  epochMs = () => this.nowMs();

  nowMs = () => this.timeMs;

  async sleep(ms: number): Promise<void> {
    this.timeMs += ms;
  }
}

export interface VirtualCircumstances {
  /** The service's time when the task and the wait begin, milliseconds since 1970. */
  startMs: number;
  /** How the looks went in real time, to be repeated; default: at once. */
  looks?: readonly LookDelays[];
}

/** Our loop, as it is, against a service on a virtual clock. */
export async function waitVirtually(
  task: DrawnTask,
  random: () => number,
  { startMs, looks = [] }: VirtualCircumstances,
): Promise<Waited> {
  const clock = new VirtualClock(random);
  const endMs = task.seconds * 1000;
  const createdAt = new Date(startMs).toISOString();
  let requests = 0;
  const showTask: ShowTask = async (): Promise<TaskReply> => {
    const { lateMs, outMs, backMs } = delaysOfLook(requests, looks);
    requests++;
    await clock.sleep(lateMs + outMs);
    const ageMs = clock.nowMs();
    await clock.sleep(backMs);
    return {
      task: { ...subject, name, createdAt, status: ageMs >= endMs ? "SUCCESS" : "EXECUTING" },
      listed: requests === 1 ? pastRuns(task, startMs) : undefined,
      projectId: "project",
      // As the Date header has it.
      serviceTimeMs: Math.floor((startMs + ageMs) / 1000) * 1000,
    };
  };
  if (task.typicalSeconds !== undefined) {
    typicalDurationsMs.set(name, task.typicalSeconds * 1000);
  }
  resultOf(await waitForTask({ showTask, subject, options: waitOptions, clock }));
  typicalDurationsMs.delete(name);
  return { latencySeconds: (clock.nowMs() - endMs) / 1000, requests, seconds: task.seconds };
}

/** Finished runs as the service lists them. */
function pastRuns({ pastSeconds }: DrawnTask, nowMs: number): BackgroundTaskResult[] {
  return pastSeconds.map((seconds, i) => {
    const beganMs = pastRunBegan(seconds, i, nowMs);
    const [createdAt, updatedAt] = [beganMs, beganMs + seconds * 1000].map((ms) => new Date(ms).toISOString());
    return { ...subject, taskId: `past-${i}`, name, status: "SUCCESS", createdAt, updatedAt };
  });
}

/** When a run began that took so long, in milliseconds since 1970: each ended a minute before the next one. */
export function pastRunBegan(seconds: number, index: number, nowMs: number): number {
  return Math.floor(nowMs - (index + 1) * 60_000 - seconds * 1000);
}

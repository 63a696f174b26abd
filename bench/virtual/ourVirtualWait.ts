import type { ShowTask } from "../../provider/service/client";
import type { BackgroundTaskResult } from "../../provider/task/task";
import { waitWithOurs } from "../peers/ours";
import { type Answer, answerTo } from "../waits/answers";
import { type DrawnTask, pastRunTimes } from "../waits/mixture";
import type { Waited } from "../waits/waits";

/**
 * Our loop, as it is, against a service on a virtual clock.
 *
 * @param startMs The service's time when the task and the wait start, milliseconds since 1970.
 * @param answers To the looks of a wait in real time, which this one repeats; default: none.
 */
export async function waitVirtually(
  { seconds, pastSeconds }: DrawnTask,
  random: () => number,
  startMs: number,
  answers: readonly Answer[] = [],
): Promise<Waited> {
  // Only ever moved on by those who sleep on it.
  let timeMs = 0;
  const nowMs = () => timeMs;
  const sleep = async (ms: number) => void (timeMs += Math.max(ms, 0));
  const endMs = seconds * 1000;
  const task = { instanceId: "instance", taskId: "task", name: "someOperation" };
  const createdAt = new Date(startMs).toISOString();
  const pastRuns = pastRunTimes(pastSeconds, startMs).map((times, i): BackgroundTaskResult => ({
    ...task,
    ...times,
    taskId: `past-${i}`,
    status: "SUCCESS",
  }));
  let requests = 0;
  const showTask: ShowTask = async () => {
    const { atMs, hasEnded } = answerTo(requests++, timeMs, endMs, answers);
    await sleep(atMs - timeMs);
    return {
      task: { ...task, createdAt, status: hasEnded ? "SUCCESS" : "EXECUTING" },
      listed: requests === 1 ? pastRuns : undefined,
      projectId: "project",
      // As the Date header has it.
      serviceTimeMs: Math.floor((startMs + timeMs) / 1000) * 1000,
    };
  };
  await waitWithOurs(showTask, task, { nowMs, epochMs: nowMs, sleep, random });
  return { latencySeconds: (timeMs - endMs) / 1000, requests, seconds };
}

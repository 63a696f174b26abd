import fc from "fast-check";
import { defaultDelayBounds } from "../../../../provider/schedule/schedule";
import type { ShowTask, TaskReply } from "../../../../provider/service/client";
import { InstanceLooks } from "../../../../provider/service/sharedLooks";
import type { ListTasks } from "../../../../provider/service/taskList";
import { TransientError } from "../../../../provider/task/errors";
import { resultOf } from "../../../../provider/wait/outcome";
import { waitForTask, type WaitOptions } from "../../../../provider/wait/waiter";
import { ManualClock } from "../clock/manualClock";
import { subjectOf, taskOf } from "./listedInstance";

describe("a shared wait", () => {
  const options: WaitOptions = { wait: true, timeoutMs: 60_000, appearTimeoutMs: 10_000, ...defaultDelayBounds };

  it("ends with what another's request shows while it pauses, without one of its own", async () => {
    let status = "EXECUTING";
    let shown = 0;
    const watchers: ((reply: TaskReply) => void)[] = [];
    const reply = (): TaskReply => ({ task: taskOf("task", status), projectId: "project" });
    const showTask: ShowTask = async () => {
      shown++;
      return reply();
    };
    showTask.watch = (_subject, watcher) => {
      watchers.push(watcher);
      return () => void watchers.splice(0);
    };
    const clock = new ManualClock();
    clock.sleep = (_ms, signal) =>
      new Promise((_resolve, reject) => {
        signal!.addEventListener("abort", () => reject(signal!.reason as Error));
        status = "SUCCESS";
        setImmediate(() => watchers[0]!(reply()));
      });
    const task = resultOf(await waitForTask({ showTask, subject: subjectOf("task"), options, clock }));
    expect([task.status, shown, watchers]).toEqual(["SUCCESS", 1, []]);
  });

  it("gives the same verdict as one by itself, under the same faults", async () => {
    const story = fc.record({
      appearsMs: fc.constantFrom(0, 4000, 30_000),
      endsMs: fc.constantFrom(3000, 20_000, 200_000),
      disappearsMs: fc.constantFrom(8000, Infinity),
      status: fc.constantFrom("SUCCESS", "FAILED", "PAUSED"),
      outage: fc.constantFrom([0, 0], [0, 5000], [2000, 15_000], [1000, 100_000]),
      listed: fc.boolean(),
    });
    const verdicts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(story, async ({ appearsMs, endsMs, disappearsMs, status, outage, listed }) => {
        const run = async (isShared: boolean) => {
          const clock = new ManualClock();
          const beganMs = clock.nowMs();
          const replyAt = (): TaskReply => {
            const nowMs = clock.nowMs() - beganMs;
            if (nowMs >= outage[0] && nowMs < outage[1]) {
              throw new TransientError("busy", { httpStatus: 503 });
            }
            const isThere = nowMs >= appearsMs && nowMs < disappearsMs;
            const task = taskOf("task", nowMs >= endsMs ? status : "EXECUTING");
            return { ...(isThere ? { task } : { absence: { missing: "task" } }), projectId: "project" };
          };
          const showTask: ShowTask = async () => replyAt();
          const listTasks: ListTasks = async () => {
            const { task } = replyAt();
            return { tasks: task && listed ? [task] : [], projectId: "project" };
          };
          const show = isShared ? new InstanceLooks("instance", listTasks, showTask).show : showTask;
          const outcome = await waitForTask({ showTask: show, subject: subjectOf("task"), options, clock });
          return outcome.state === "finished" ? outcome.result.status : outcome.cause.name;
        };
        const [alone, shared] = [await run(false), await run(true)];
        verdicts.add(alone!);
        expect(shared).toBe(alone);
      }),
      { numRuns: 500 },
    );
    expect([...verdicts].sort()).toEqual([
      "FAILED",
      "OutcomeUnknownError",
      "SUCCESS",
      "TaskNotFoundError",
      "UnknownStatusError",
      "WaitTimedOutError",
    ]);
  });
});

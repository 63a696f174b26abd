import fc from "fast-check";
import type { ShowTask, TaskReply } from "../../../../provider/service/client";
import {
  AuthenticationError,
  BadResponseError,
  RequestRefusedError,
  TransientError,
} from "../../../../provider/task/errors";
import { defaultDelayBounds } from "../../../../provider/schedule/schedule";
import { InstanceLooks } from "../../../../provider/service/sharedLooks";
import type { BackgroundTaskResult } from "../../../../provider/task/task";
import type { ListTasks } from "../../../../provider/service/taskList";
import { resultOf } from "../../../../provider/wait/outcome";
import { waitForTask, type WaitOptions } from "../../../../provider/wait/waiter";
import { ManualClock } from "../clock/manualClock";

const bounds = { timeoutMs: 5000 };
const subjectOf = (taskId: string) => ({ instanceId: "instance", taskId });
const taskOf = (taskId: string, status = "EXECUTING"): BackgroundTaskResult => ({
  taskId,
  instanceId: "instance",
  name: "restart",
  status,
});

/** An instance whose list shows these tasks, a page each hundred, and whose show call knows them and more. */
class Instance {
  readonly sent: string[] = [];
  inFlight = { list: 0, show: 0 };
  most = { list: 0, show: 0 };
  listFault?: () => Error;
  answers = true;
  private held: (() => void)[] = [];

  constructor(
    public listed: string[],
    readonly unlisted: string[] = [],
  ) {}

  readonly listTasks: ListTasks = (request) =>
    this.exchange("list", () => {
      const seen = new Map<string, BackgroundTaskResult>();
      let pages = 0;
      do {
        this.listed.slice(pages * 100, ++pages * 100).forEach((id) => seen.set(id, taskOf(id)));
      } while (pages * 100 < this.listed.length && !request.isEnough?.(seen));
      this.sent.push(`list ${pages}`);
      if (this.listFault) {
        throw this.listFault();
      }
      return { tasks: [...seen.values()], projectId: "project" };
    });

  readonly showTask: ShowTask = ({ taskId }) =>
    this.exchange("show", () => {
      this.sent.push(`show ${taskId}`);
      const isThere = this.listed.includes(taskId) || this.unlisted.includes(taskId);
      return isThere
        ? { task: taskOf(taskId), projectId: "project" }
        : { absence: { missing: "task" as const }, projectId: "project" };
    });

  /** Lets what waits for an answer have it. */
  release(): void {
    this.answers = true;
    this.held.splice(0).forEach((go) => go());
  }

  private async exchange<T>(kind: "list" | "show", answer: () => T): Promise<T> {
    this.inFlight[kind]++;
    this.most[kind] = Math.max(this.most[kind], this.inFlight[kind]);
    try {
      await (this.answers ? Promise.resolve() : new Promise<void>((resolve) => this.held.push(resolve)));
      return answer();
    } finally {
      this.inFlight[kind]--;
    }
  }
}

function looksAt(instance: Instance) {
  const { show } = new InstanceLooks("instance", instance.listTasks, instance.showTask);
  const look = (taskId: string, signal?: AbortSignal) => show(subjectOf(taskId), { ...bounds, signal });
  const heard: string[] = [];
  const watch = (taskId: string) => show.watch!(subjectOf(taskId), ({ task }) => void heard.push(task!.taskId));
  return { look, watch, heard };
}

const ids = (count: number) => Array.from({ length: count }, (_, i) => `task-${i}`);

describe("looks at the tasks of one instance", () => {
  it("that are due together are one list", async () => {
    const instance = new Instance(ids(50));
    const { look } = looksAt(instance);
    const replies = await Promise.all(ids(50).map((id) => look(id)));
    expect(replies.map(({ task }) => task!.taskId)).toEqual(ids(50));
    expect(instance.sent).toEqual(["list 1"]);
  });

  it("that come due while a list is on its way are answered by it", async () => {
    const instance = new Instance(ids(3));
    instance.answers = false;
    const { look } = looksAt(instance);
    const early = look("task-0");
    await new Promise(setImmediate);
    const late = look("task-1");
    instance.release();
    expect((await Promise.all([early, late])).map(({ task }) => task!.taskId)).toEqual(["task-0", "task-1"]);
    expect(instance.sent).toEqual(["list 1"]);
  });

  it("of a single wait are a list, which brings the past runs, and then by id", async () => {
    const instance = new Instance(ids(3));
    const { look, watch } = looksAt(instance);
    watch("task-0");
    expect((await look("task-0")).listed).toHaveLength(3);
    await look("task-0");
    await look("task-0");
    expect(instance.sent).toEqual(["list 1", "show task-0", "show task-0"]);
  });

  it("of a wait that begins after others are by id, and every look has the past runs that any has seen", async () => {
    const instance = new Instance(ids(3), ["late"]);
    const { look, watch } = looksAt(instance);
    await look("task-0");
    const unwatch = watch("late");
    const { task, listed } = await look("late");
    unwatch();
    expect(task!.taskId).toBe("late");
    expect(listed!.map(({ taskId }) => taskId)).toEqual([...ids(3), "late"]);
    ["task-1", "task-2"].forEach(watch);
    expect((await look("task-1")).listed!.map(({ taskId }) => taskId)).toContain("late");
    expect(instance.sent).toEqual(["list 1", "show late", "list 1"]);
  });

  it("are a list again as soon as two are waited for", async () => {
    const instance = new Instance(ids(3));
    const { look, watch } = looksAt(instance);
    await look("task-0");
    instance.answers = false;
    const replies = ["task-1", "task-2"].map((id) => (watch(id), look(id)));
    await new Promise(setImmediate);
    instance.release();
    expect((await Promise.all(replies)).map(({ task }) => task!.taskId)).toEqual(["task-1", "task-2"]);
    expect(instance.sent).toEqual(["list 1", "show task-1", "list 1"]);
  });

  it("tell those who watch other tasks of the list", async () => {
    const { look, watch, heard } = looksAt(new Instance(ids(3)));
    const unwatch = watch("task-1");
    watch("task-2");
    unwatch();
    await look("task-0");
    expect(heard).toEqual(["task-2"]);
  });

  it("go by id where the list lacks the task, which is no verdict, and stay so", async () => {
    const instance = new Instance(ids(3), ["old"]);
    const { look, watch } = looksAt(instance);
    ["task-0", "task-1", "old"].forEach(watch);
    expect((await look("old")).task!.taskId).toBe("old");
    await look("old");
    expect(instance.sent).toEqual(["list 1", "show old", "show old"]);
    expect((await look("gone")).absence).toEqual({ missing: "task" });
  });

  it("read as many pages as are worth it, and no further than the oldest watched task", async () => {
    const instance = new Instance(ids(500));
    const { look, watch } = looksAt(instance);
    const watched = ["task-5", "task-105", "task-205", "task-206", "task-207", "task-208", "task-209"];
    watched.forEach(watch);
    await Promise.all(watched.map((id) => look(id)));
    expect(instance.sent).toEqual(["list 3"]);
    await look("task-5");
    expect(instance.sent.at(-1)).toBe("list 3");

    const few = new Instance(ids(500));
    const sole = looksAt(few);
    ["task-450", "task-451"].forEach(sole.watch);
    await Promise.all([sole.look("task-450"), sole.look("task-451")]);
    expect(few.sent).toEqual(["list 1", "show task-450", "show task-451"]);
  });

  it("are by id from then on where listing is refused", async () => {
    const instance = new Instance(ids(3));
    instance.listFault = () => new RequestRefusedError("no", { httpStatus: 403 });
    const { look } = looksAt(instance);
    await Promise.all([look("task-0"), look("task-1")]);
    await look("task-2");
    expect(instance.sent).toEqual(["list 1", "show task-0", "show task-1", "show task-2"]);
  });

  it("are by id this once where the list is no answer", async () => {
    const instance = new Instance(ids(3));
    instance.listFault = () => new BadResponseError("cut short");
    const { look } = looksAt(instance);
    await look("task-0");
    instance.listFault = undefined;
    await look("task-1");
    expect(instance.sent).toEqual(["list 1", "show task-0", "list 1"]);
  });

  it.each([
    ["a passing fault", () => new TransientError("busy", { httpStatus: 503 })],
    ["refused credentials", () => new AuthenticationError("no", { httpStatus: 401 })],
  ])("hand %s to all who were due, and to nobody else", async (_what, fault) => {
    const instance = new Instance(ids(3));
    instance.listFault = fault;
    const { look, watch, heard } = looksAt(instance);
    watch("task-2");
    const settled = await Promise.allSettled([look("task-0"), look("task-1")]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(heard).toEqual([]);
    expect(instance.sent).toEqual(["list 1"]);
  });

  it("go on for the others when one gives up", async () => {
    const instance = new Instance(ids(3));
    instance.answers = false;
    const { look } = looksAt(instance);
    const abort = new AbortController();
    const given = look("task-0", abort.signal);
    const kept = look("task-1");
    abort.abort(new Error("gave up"));
    await expect(given).rejects.toThrow("gave up");
    instance.release();
    expect((await kept).task!.taskId).toBe("task-1");
  });

  it("are never two lists or two looks by id at a time", async () => {
    const instance = new Instance(ids(5), ["a", "b", "c"]);
    const { look, watch } = looksAt(instance);
    ["a", "b", "c", ...ids(5)].forEach(watch);
    for (let round = 0; round < 3; round++) {
      await Promise.all(["a", "b", "c", ...ids(5)].map((id) => look(id)));
    }
    expect(instance.most).toEqual({ list: 1, show: 1 });
  });
});

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

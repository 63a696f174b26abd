import {
  AuthenticationError,
  BadResponseError,
  RequestRefusedError,
  TransientError,
} from "../../../../provider/task/errors";
import { InstanceLooks } from "../../../../provider/service/sharedLooks";
import { ListedInstance, subjectOf } from "./listedInstance";

const bounds = { timeoutMs: 5000 };

function looksAt(instance: ListedInstance) {
  const { show } = new InstanceLooks("instance", instance.listTasks, instance.showTask);
  const look = (taskId: string, signal?: AbortSignal) => show(subjectOf(taskId), { ...bounds, signal });
  const heard: string[] = [];
  const watch = (taskId: string) => show.watch!(subjectOf(taskId), ({ task }) => void heard.push(task!.taskId));
  return { look, watch, heard };
}

const ids = (count: number) => Array.from({ length: count }, (_, i) => `task-${i}`);

describe("looks at the tasks of one instance", () => {
  it("that are due together are one list", async () => {
    const instance = new ListedInstance(ids(50));
    const { look } = looksAt(instance);
    const replies = await Promise.all(ids(50).map((id) => look(id)));
    expect(replies.map(({ task }) => task!.taskId)).toEqual(ids(50));
    expect(instance.sent).toEqual(["list 1"]);
  });

  it("that come due while a list is on its way are answered by it", async () => {
    const instance = new ListedInstance(ids(3));
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
    const instance = new ListedInstance(ids(3));
    const { look, watch } = looksAt(instance);
    watch("task-0");
    expect((await look("task-0")).listed).toHaveLength(3);
    await look("task-0");
    await look("task-0");
    expect(instance.sent).toEqual(["list 1", "show task-0", "show task-0"]);
  });

  it("of a wait that begins after others are by id, and every look has the past runs that any has seen", async () => {
    const instance = new ListedInstance(ids(3), ["late"]);
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
    const instance = new ListedInstance(ids(3));
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
    const { look, watch, heard } = looksAt(new ListedInstance(ids(3)));
    const unwatch = watch("task-1");
    watch("task-2");
    unwatch();
    await look("task-0");
    expect(heard).toEqual(["task-2"]);
  });

  it("go by id where the list lacks the task, which is no verdict, and stay so", async () => {
    const instance = new ListedInstance(ids(3), ["old"]);
    const { look, watch } = looksAt(instance);
    ["task-0", "task-1", "old"].forEach(watch);
    expect((await look("old")).task!.taskId).toBe("old");
    await look("old");
    expect(instance.sent).toEqual(["list 1", "show old", "show old"]);
    expect((await look("gone")).absence).toEqual({ missing: "task" });
  });

  it("read as many pages as are worth it, and no further than the oldest watched task", async () => {
    const instance = new ListedInstance(ids(500));
    const { look, watch } = looksAt(instance);
    const watched = ["task-5", "task-105", "task-205", "task-206", "task-207", "task-208", "task-209"];
    watched.forEach(watch);
    await Promise.all(watched.map((id) => look(id)));
    expect(instance.sent).toEqual(["list 3"]);
    await look("task-5");
    expect(instance.sent.at(-1)).toBe("list 3");

    const few = new ListedInstance(ids(500));
    const sole = looksAt(few);
    ["task-450", "task-451"].forEach(sole.watch);
    await Promise.all([sole.look("task-450"), sole.look("task-451")]);
    expect(few.sent).toEqual(["list 1", "show task-450", "show task-451"]);
  });

  it("are by id from then on where listing is refused", async () => {
    const instance = new ListedInstance(ids(3));
    instance.listFault = () => new RequestRefusedError("no", { httpStatus: 403 });
    const { look } = looksAt(instance);
    await Promise.all([look("task-0"), look("task-1")]);
    await look("task-2");
    expect(instance.sent).toEqual(["list 1", "show task-0", "show task-1", "show task-2"]);
  });

  it("are by id this once where the list is no answer", async () => {
    const instance = new ListedInstance(ids(3));
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
    const instance = new ListedInstance(ids(3));
    instance.listFault = fault;
    const { look, watch, heard } = looksAt(instance);
    watch("task-2");
    const settled = await Promise.allSettled([look("task-0"), look("task-1")]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(heard).toEqual([]);
    expect(instance.sent).toEqual(["list 1"]);
  });

  it("go on for the others when one gives up", async () => {
    const instance = new ListedInstance(ids(3));
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
    const instance = new ListedInstance(ids(5), ["a", "b", "c"]);
    const { look, watch } = looksAt(instance);
    ["a", "b", "c", ...ids(5)].forEach(watch);
    for (let round = 0; round < 3; round++) {
      await Promise.all(["a", "b", "c", ...ids(5)].map((id) => look(id)));
    }
    expect(instance.most).toEqual({ list: 1, show: 1 });
  });
});

import type { Identity } from "../../../../provider/identity/identity";
import { listTasksWith, newestFirst, readEveryPage } from "../../../../provider/service/taskList";
import type { ListPage } from "../../../../provider/service/client";

const request = { instanceId: "instance" };
const ask = <T>(send: (bounds: { timeoutMs: number }) => Promise<T>) => send({ timeoutMs: 1000 });
const taskOf = (number: number) => ({ taskId: `task-${number}`, instanceId: "instance", status: "SUCCESS" });
const tasksOf = (count: number, first = 0) => Array.from({ length: count }, (_, i) => taskOf(first + i));

/** Sends these pages one after the other, whatever is asked for. */
function sending(...pages: Partial<Awaited<ReturnType<ListPage>>>[]) {
  const asked: string[] = [];
  const listPage: ListPage = async ({ skip, paging }) => {
    asked.push(`${paging} ${skip}`);
    return { tasks: [], projectId: "project", ...pages[asked.length - 1] };
  };
  return { asked, listPage };
}

describe("the pages of a list", () => {
  it("end with one that says that the instance is missing", async () => {
    const { asked, listPage } = sending({ absence: { missing: "instance" }, retryAfterMs: 5, serviceTimeMs: 7 });
    await expect(readEveryPage(listPage, request, ask, ["start", "offset"])).resolves.toEqual({
      tasks: [],
      absence: { missing: "instance" },
      projectId: "project",
      retryAfterMs: 5,
      serviceTimeMs: 7,
      clockOffset: undefined,
    });
    expect(asked).toEqual(["start 0"]);
  });

  it("end as soon as the caller has seen enough", async () => {
    const { asked, listPage } = sending({ tasks: tasksOf(100), count: 300 });
    const isEnough = (seen: ReadonlyMap<string, unknown>) => seen.has("task-99");
    const { tasks } = await readEveryPage(listPage, { ...request, isEnough }, ask, ["start"]);
    expect(tasks).toHaveLength(100);
    expect(asked).toHaveLength(1);
  });

  it("begin that much earlier when records were removed", async () => {
    const { asked, listPage } = sending(
      { tasks: tasksOf(100), count: 230 },
      { tasks: tasksOf(100, 103), count: 227 },
      { tasks: tasksOf(100, 100), count: 227 },
      { tasks: tasksOf(30, 200), count: 227 },
    );
    const { tasks } = await readEveryPage(listPage, request, ask, ["start"]);
    expect(tasks).toHaveLength(230);
    expect(asked).toEqual(["start 0", "start 100", "start 97", "start 197"]);
  });

  it.each([
    ["one page", [tasksOf(100)], []],
    ["a second page of new tasks", [tasksOf(100), tasksOf(100, 100)], ["start"]],
    ["a second page that is half old", [tasksOf(100), tasksOf(100, 50)], []],
    ["a second page that is mostly new", [tasksOf(100), tasksOf(100, 51)], ["start"]],
  ])("tell whether the way of paging works, with %s", async (_what, pages, expected) => {
    const working: string[] = [];
    const { listPage } = sending(...pages.map((tasks) => ({ tasks, count: 1000 })));
    await readEveryPage(listPage, request, ask, ["start"], (paging) => working.push(paging));
    expect(working).toEqual(expected);
  });
});

describe("a service's way of paging", () => {
  const listing = (count: number) => {
    const asked: string[] = [];
    const identity: Identity = {
      send: async ({ path }) => {
        const query = new URLSearchParams(path("project").split("?")[1]);
        asked.push(query.has("start") ? `start ${query.get("start")}` : `offset ${query.get("offset")}`);
        const tasks = tasksOf(count).map(({ taskId }) => ({ id: taskId }));
        const skip = Number(query.get("offset") ?? 0);
        const body = { task_count: count, tasks: tasks.slice(skip, skip + 100) };
        return { projectId: "project", reply: { httpStatus: 200, body, header: () => undefined } };
      },
    };
    return { identity, asked };
  };

  it("is found out once, and used from the next list on", async () => {
    const { identity, asked } = listing(250);
    await listTasksWith(identity, "kafka")(request, ask);
    expect(asked.splice(0)).toEqual(["start 1", "start 101", "offset 100", "offset 200"]);
    const { tasks } = await listTasksWith(identity, "kafka")(request, ask);
    expect(tasks).toHaveLength(250);
    expect(asked).toEqual(["offset 0", "offset 100", "offset 200"]);
  });

  it("is another service's own", async () => {
    const { identity, asked } = listing(250);
    await listTasksWith(identity, "kafka")(request, ask);
    asked.splice(0);
    await listTasksWith(identity, "rabbitmq")(request, ask);
    expect(asked[0]).toBe("start 1");
  });

  it("is given up when it does not work any longer", async () => {
    const { identity, asked } = listing(250);
    await listTasksWith(identity, "kafka")(request, ask);
    asked.splice(0);
    let isChanged = false;
    const changed: Identity = {
      send: (sent, bounds) =>
        isChanged
          ? identity.send({ ...sent, path: (id) => sent.path(id).replace("offset", "other") }, bounds)
          : identity.send(sent, bounds),
    };
    await listTasksWith(changed, "kafka")(request, ask);
    isChanged = true;
    await expect(listTasksWith(changed, "kafka")(request, ask)).rejects.toThrow(/cannot be read completely/);
  });
});

describe("the order of a list", () => {
  const at = (taskId: string, createdAt?: string) => ({ taskId, instanceId: "instance", createdAt });

  it("is by start, newest first; tasks without a time stay at the end, in the service's order", () => {
    const sorted = newestFirst([
      at("b"),
      at("old", "2026-01-01T00:00:00Z"),
      at("a", "soon"),
      at("new", "2026-01-02T00:00:00Z"),
      at("c"),
    ]);
    expect(sorted.map(({ taskId }) => taskId)).toEqual(["new", "old", "b", "a", "c"]);
  });
});

import type { ListPage, PageRequest } from "../../../../provider/service/client";
import { PagingError } from "../../../../provider/task/errors";
import type { Paging } from "../../../../provider/task/services";
import { type Ask, readEveryPage } from "../../../../provider/service/taskList";

const ask: Ask = (request) => request({ timeoutMs: 1000 });
const idsOf = (count: number, first = 1) => Array.from({ length: count }, (_, i) => `task-${first + i}`);
const taskOf = (taskId: string) => ({ taskId, instanceId: "instance", status: "SUCCESS" });

interface Habits {
  heeds?: Paging;
  /** The longest page, whatever is asked for; 0 for none. */
  limit?: number;
  /** Whether it says how many tasks there are, or something else instead. */
  counts?: boolean | "page" | "so far";
  /** What happens to the list before this request is answered. */
  before?: { [request: number]: (ids: string[]) => string[] };
}

/** A service with these tasks, newest first, and these habits. */
function service(ids: string[], { heeds = "start", limit, counts = true, before = {} }: Habits = {}) {
  const requests: PageRequest[] = [];
  const listPage: ListPage = async (request) => {
    requests.push(request);
    ids = (before[requests.length] ?? ((all) => all))(ids);
    const skip = request.paging === heeds ? request.skip : 0;
    const page = ids.slice(skip, limit === 0 ? undefined : skip + (limit ?? request.limit));
    const count = counts === "page" ? page.length : counts === "so far" ? skip + page.length : ids.length;
    return { tasks: page.map(taskOf), count: counts ? count : undefined, projectId: "project" };
  };
  const working: Paging[] = [];
  const read = async (pagings: Paging[] = ["start", "offset"]) =>
    (await readEveryPage(listPage, { instanceId: "instance" }, ask, pagings, (paging) => working.push(paging))).tasks
      .map(({ taskId }) => taskId)
      .sort(byNumber);
  return { read, requests, working };
}

const byNumber = (a: string, b: string) => Number(a.slice(5)) - Number(b.slice(5));

describe("a list of tasks", () => {
  it("of 1,000 is read in 10 requests of 100", async () => {
    const { read, requests } = service(idsOf(1000));
    expect(await read()).toEqual(idsOf(1000));
    expect(requests.map(({ skip, limit }) => [skip, limit])).toEqual(
      Array.from({ length: 10 }, (_, page) => [page * 100, 100]),
    );
  });

  it.each([0, 1, 99, 100, 101, 200, 250])("of %i is read whole", async (count) => {
    expect(await service(idsOf(count)).read()).toEqual(idsOf(count));
    expect(await service(idsOf(count), { heeds: "offset" }).read()).toEqual(idsOf(count));
    expect(await service(idsOf(count), { counts: "page" }).read()).toEqual(idsOf(count));
    expect(await service(idsOf(count), { heeds: "none" as Paging, limit: 0 }).read()).toEqual(idsOf(count));
    expect(await service(idsOf(count), { counts: false }).read()).toEqual(idsOf(count));
  });

  it.each<[string, Habits]>([
    ["says where a page begins by an offset", { heeds: "offset" }],
    ["does the same and doesn't count", { heeds: "offset", counts: false }],
    ["counts each page by itself", { counts: "page" }],
    ["does the same and says where a page begins by an offset", { counts: "page", heeds: "offset" }],
    ["counts what it has sent so far", { counts: "so far" }],
    ["gives shorter pages than it is asked for", { limit: 10 }],
    ["does the same and doesn't count", { limit: 10, counts: false }],
    ["sends everything in one page", { limit: 0 }],
    ["sends everything wherever a page begins", { limit: 0, heeds: "none" as Paging }],
    ["does the same and doesn't count", { limit: 0, heeds: "none" as Paging, counts: false }],
  ])("is read whole from a service that %s", async (_what, habits) => {
    expect(await service(idsOf(230), habits).read()).toEqual(idsOf(230));
  });

  it("tells which way of paging worked, so that it need not be found out again", async () => {
    const first = service(idsOf(230), { heeds: "offset" });
    await first.read();
    expect(first.working).toEqual(["offset"]);
    const second = service(idsOf(230), { heeds: "offset" });
    await second.read(["offset", "start"]);
    expect(second.requests).toHaveLength(3);
  });

  it.each([1, 5, 99])("has no gap and nothing twice when %i tasks start while it is read", async (started) => {
    const { read } = service(idsOf(230, 101), {
      before: { 2: (ids) => [...idsOf(started, 101 - started), ...ids] },
    });
    const ids = await read();
    expect(ids.filter((id) => byNumber(id, "task-100") > 0)).toEqual(idsOf(230, 101));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([1, 3, 40])("has no gap when %i records are removed while it is read", async (removed) => {
    const { read } = service(idsOf(230), { before: { 2: (ids) => ids.slice(removed) } });
    expect(await read()).toEqual(idsOf(230));
  });

  it.each<[string, Habits]>([
    ["counts", { heeds: "none" as Paging }],
    ["doesn't count", { heeds: "none" as Paging, counts: false }],
  ])("ends in an error where the service repeats a page for ever and %s", async (_what, habits) => {
    const { read, requests } = service(idsOf(230), habits);
    await expect(read()).rejects.toThrow(PagingError);
    expect(requests.length).toBeLessThan(5);
  });

  it.each([
    ["more than 500 pages", { length: 10, pages: 500 }],
    ["more than 50,000 records", { length: 1000, pages: 51 }],
    ["more than 32 MiB", { length: 100, bodyBytes: 2 ** 20, pages: 33 }],
  ])(
    "ends in an error where it has no end, and not after %s",
    async (_what, { length, bodyBytes = length, pages }: EndlessPage) => {
      const sent = { pages: 0, records: 0 };
      const listPage: ListPage = async () => {
        const tasks = idsOf(length, sent.records).map(taskOf);
        sent.pages++;
        sent.records += length;
        return { tasks, bodyBytes, projectId: "project" };
      };
      await expect(readEveryPage(listPage, { instanceId: "instance" }, ask, ["start"])).rejects.toThrow(
        "longer than 500 pages, 50000 records or 32 MiB: set createdAfter to narrow it",
      );
      expect(sent.pages).toBe(pages);
    },
  );
});

interface EndlessPage {
  length: number;
  bodyBytes?: number;
  /** How many are read. */
  pages: number;
}

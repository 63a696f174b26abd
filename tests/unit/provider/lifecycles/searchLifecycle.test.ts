import { check, diff, read, update } from "../../../../provider/lifecycles/searchLifecycle";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const inputs = { instanceId: "instance", name: "restart" };
const timeOf = async (olds: object, news: object) =>
  ((await check(olds, { ...inputs, ...news })).inputs as { startedAtMs?: number }).startedAtMs;

describe("the time from which on a task counts", () => {
  it.each([
    ["is the program's in the first update", {}, { startedAtMs: 5 }, 5],
    ["stays what it was in a later one", { startedAtMs: 5 }, { startedAtMs: 9 }, 5],
    ["starts anew in a replacement, which is checked without old inputs", {}, { startedAtMs: 9 }, 9],
    ["is of no use beside an explicit one", {}, { startedAtMs: 5, createdAfter: "2026-01-01T00:00:00Z" }, undefined],
    ["is of no use beside one that is not known yet", {}, { startedAtMs: 5, createdAfter: unknown }, undefined],
  ])("%s", async (_what, olds, news, expected) => {
    expect(await timeOf(olds, news)).toBe(expected);
  });
});

describe("what a change means to a search", () => {
  const recorded = { ...inputs, given: ["instanceId", "name"], taskId: "task", startedAtMs: 5 };
  const none = { changes: false, replaces: [] };
  it.each([
    ["nothing", {}, {}, none],
    ["the hint of the time", {}, { startedAtMs: 9 }, none],
    ["a timeout", {}, { appearTimeoutSeconds: 9 }, none],
    ["nothing, where nothing was found", { taskId: undefined }, {}, { changes: true, replaces: [] }],
    ["the name", {}, { name: "another" }, { replaces: ["name"] }],
    ["a trigger", {}, { triggers: [1] }, { replaces: ["triggers"] }],
    ["an explicit time, given now", {}, { createdAfter: "2026-01-01T00:00:00Z" }, { replaces: ["createdAfter"] }],
  ])("of %s", async (_what, olds, news, result) => {
    await expect(diff("id", { ...recorded, ...olds }, { ...inputs, ...news })).resolves.toEqual(result);
  });
});

describe("what a search found", () => {
  it("stays, whatever else is updated or refreshed, without a request", async () => {
    const found = { taskId: "task", createdAt: "2026-01-01T00:00:00Z", start: { leastMs: 1, greatestMs: 2 } };
    await expect(update("id", { ...inputs, ...found }, { ...inputs, appearTimeoutSeconds: 9 })).resolves.toEqual({
      outs: { ...inputs, ...found, appearTimeoutSeconds: 9, given: ["instanceId", "name"] },
    });
    await expect(read("id", { ...inputs, ...found })).resolves.toEqual({ id: "id", props: { ...inputs, ...found } });
  });
});

describe("the check of a search's inputs", () => {
  it("returns what is wrong, and leaves alone what is not known yet", async () => {
    const { failures } = await check({}, { instanceId: unknown, name: "", createdAfter: "yesterday" });
    expect(failures!.map(({ reason }) => reason)).toEqual([
      "name must not be empty",
      'createdAfter must be an RFC 3339 time with a zone, such as "2026-01-31T08:00:00Z", but is "yesterday"',
    ]);
  });
});

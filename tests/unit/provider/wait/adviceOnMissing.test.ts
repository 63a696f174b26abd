import { adviceOnExpected, adviceOnSearch } from "../../../../provider/wait/adviceOnMissing";

const at = (ms: number) => ({ leastMs: Date.UTC(2026, 0, 1) + ms, greatestMs: Date.UTC(2026, 0, 1) + ms + 100.5 });
const run = (taskId: string, more: object = {}) => ({ taskId, instanceId: "i", name: "restart", ...more });
const old = run("old", { status: "SUCCESS", createdAt: "2025-12-31T00:00:00Z" });
const none = "None started at or after 2026-01-01T00:00:00.101Z.";
const addDependsOn = "If this program starts the operation, add it to the wait's dependsOn.";
const check = "Check the name, which is compared exactly, the instance's id, the project and the region.";

describe("what to do about a search that found no new enough task", () => {
  it.each([
    [
      "one is too close to the start",
      adviceOnSearch({ undecided: [old], before: [run("older")] }, at(0)),
      [
        `${none} The newest other is background task old (SUCCESS), started 2025-12-31T00:00:00Z, which is too close to the ` +
          "start of this wait to tell which was first (the clocks are known to within 101 ms).",
        "To accept it, set createdAfter to that time.",
      ],
    ],
    [
      "one is too close to a start that is not known yet",
      adviceOnSearch({ undecided: [run("new")], before: [] }, undefined),
      [
        "The newest other is background task new (no status), started at an unknown time, which is too close to the " +
          "start of this wait to tell which was first (the clocks are known to within 0 ms).",
        "To accept it, set createdAfter to that time.",
      ],
    ],
    [
      "one is older",
      adviceOnSearch({ undecided: [], before: [old] }, at(0)),
      [
        `${none} The newest other is background task old (SUCCESS), started 2025-12-31T00:00:00Z, which is older.`,
        "To accept it, set createdAfter to that time.",
        addDependsOn,
      ],
    ],
    [
      "none is",
      adviceOnSearch({ undecided: [], before: [] }, at(0)),
      [`${none} There is no older one either.`, check, addDependsOn],
    ],
    [
      "none is, and every one would count",
      adviceOnSearch({ undecided: [], before: [] }, undefined),
      [check, addDependsOn],
    ],
  ])("%s", (_what, advice, expected) => {
    expect(advice.split("\n")).toEqual(expected);
  });
});

describe("what to do about expected tasks that did not appear", () => {
  const second = run("second", { name: "resize", status: "FAILED" });
  it.each([
    [
      "one name",
      adviceOnExpected(["restart"], [], undefined),
      ["It must appear, because expect names it.", addDependsOn],
    ],
    [
      "one name, of which there is an older task",
      adviceOnExpected(["restart"], [old], at(0)),
      [
        `It must appear, because expect names it. ${none} The newest older one is restart (id old) SUCCESS, started 2025-12-31T00:00:00Z.`,
        "To accept it, set createdAfter to that time.",
        addDependsOn,
      ],
    ],
    [
      "several names, of which there are older tasks",
      adviceOnExpected(["restart", "resize"], [old, second], at(0)),
      [
        `Each must appear, because expect names them. ${none} The newest older ones are restart (id old) SUCCESS, started ` +
          "2025-12-31T00:00:00Z; resize (id second) FAILED, started at an unknown time.",
        "To accept them, set createdAfter to the earliest of these times.",
        addDependsOn,
      ],
    ],
  ])("%s", (_what, advice, expected) => {
    expect(advice.split("\n")).toEqual(expected);
  });
});

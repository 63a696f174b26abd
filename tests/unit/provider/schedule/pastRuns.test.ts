import fc from "fast-check";
import { pastDurations } from "../../../../provider/schedule/pastRuns";
import type { BackgroundTaskResult } from "../../../../provider/task/task";

const serviceTimeMs = Date.parse("2026-01-01T12:00:00Z");

function run(more: Partial<BackgroundTaskResult> = {}): BackgroundTaskResult {
  return {
    taskId: "task",
    instanceId: "instance",
    name: "restart",
    status: "SUCCESS",
    createdAt: "2026-01-01T11:00:00.000Z",
    updatedAt: "2026-01-01T11:05:00.250Z",
    ...more,
  };
}

describe("the durations of past runs", () => {
  it("are those of the same name's successful ones, to the millisecond, the newest first", () => {
    const older = run({ createdAt: "2026-01-01T09:00:00.000Z", updatedAt: "2026-01-01T09:04:00.000Z" });
    expect(pastDurations([older, run(), run({ name: "create" })], "restart", serviceTimeMs)).toEqual([
      300_250, 240_000,
    ]);
  });

  it.each<[string, Partial<BackgroundTaskResult>]>([
    ["failed", { status: "FAILED" }],
    ["is in progress, whose updatedAt is no end", { status: "EXECUTING", updatedAt: "2026-01-01T11:00:00.019Z" }],
    ["ended in a word that nobody knows", { status: "DONE" }],
    ["ended when it began", { updatedAt: "2026-01-01T11:00:00.000Z" }],
    ["ended before it began", { updatedAt: "2026-01-01T10:59:00.000Z" }],
    ["ended in the future", { updatedAt: "2026-01-01T12:01:00.001Z" }],
    ["has no start", { createdAt: undefined }],
    ["has no end", { updatedAt: "soon" }],
    ["has times without a zone", { createdAt: "2026-01-01T11:00:00.000", updatedAt: "2026-01-01T11:05:00.000" }],
  ])("leave out a run that %s", (_what, more) => {
    expect(pastDurations([run(more), run()], "restart", serviceTimeMs)).toEqual([300_250]);
  });

  it("are none for a task without a name", () => {
    expect(pastDurations([run({ name: undefined })], undefined, serviceTimeMs)).toEqual([]);
  });

  it("are those of the last twenty runs, however the service orders them", () => {
    const runs = Array.from({ length: 100 }, (_, i) => {
      const updatedAt = new Date(serviceTimeMs - i * 60_000).toISOString();
      return run({ createdAt: new Date(serviceTimeMs - i * 60_000 - 1000 - i).toISOString(), updatedAt });
    });
    expect(pastDurations([...runs].reverse(), "restart", serviceTimeMs)).toEqual(
      Array.from({ length: 20 }, (_, i) => 1000 + i),
    );
  });

  it("are positive numbers, whatever the service lists", () => {
    const word = fc.option(fc.constantFrom("SUCCESS", "FAILED", "restart", "", "x"), { nil: undefined });
    const time = fc.oneof(
      fc.constantFrom(undefined, "", "never", "-271821-04-20T00:00:00Z"),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    const task = fc.record({ taskId: fc.string(), instanceId: fc.string(), name: word, status: word, createdAt: time, updatedAt: time }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(task), fc.option(fc.double(), { nil: undefined }), (listed, nowMs) => {
        const durations = pastDurations(listed, "restart", nowMs);
        return durations.length <= 20 && durations.every((durationMs) => durationMs > 0);
      }),
      { numRuns: 10_000 },
    );
  });

  it("tolerate that the service's hosts differ by up to a minute", () => {
    const ahead = run({ createdAt: "2026-01-01T12:00:00.000Z", updatedAt: "2026-01-01T12:01:00.000Z" });
    expect(pastDurations([ahead], "restart", serviceTimeMs)).toEqual([60_000]);
  });
});

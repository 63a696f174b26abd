import { TransientError, WaitTimedOutError } from "../../../../provider/task/errors";
import type { BarrierOptions } from "../../../../provider/wait/barrier";
import { barrier, programStart, type Run, type Service } from "./barrierOver";

describe("a resumed barrier", () => {
  const first = async (service: Service, options: Partial<BarrierOptions> = {}) => {
    const { error, findings } = await barrier(service, { timeoutMs: 2000, ...options });
    expect(error).toBeInstanceOf(WaitTimedOutError);
    return findings;
  };
  const later = (runs: Run[], byMs: number) =>
    runs.map((run) => ({ ...run, beganMs: run.beganMs - byMs, endedMs: run.endedMs && run.endedMs - byMs }));

  it("waits for what the first had seen, and judges what began or ended since the first began", async () => {
    const runs = [
      { taskId: "watched", beganMs: -60_000, endedMs: 50_000, end: "FAILED" },
      { taskId: "meanwhile", beganMs: 20_000, endedMs: 30_000, end: "FAILED" },
      { taskId: "older", beganMs: -60_000, endedMs: -50_000, end: "FAILED" },
      { taskId: "last", beganMs: 90_000, endedMs: 110_000 },
    ];
    const found = await first({ runs });
    expect(found.tasks.map(({ taskId }) => taskId)).toEqual(["watched"]);
    // The second begins 100 s after the first; the moments of the first are the service's.
    const start = { leastMs: found.start!.leastMs - 100_000, greatestMs: found.start!.greatestMs - 100_000 };
    const { ended } = await barrier({ runs: later(runs, 100_000) }, { found: { ...found, start } });
    expect(ended).toEqual(["last SUCCESS", "meanwhile FAILED", "watched FAILED"]);
  });

  it("does not ask again for an expected task that had appeared, although its record is gone", async () => {
    const runs = [
      { taskId: "expected", name: "bind", beganMs: -100, endedMs: 500 },
      { taskId: "other", beganMs: -100, endedMs: 50_000 },
    ];
    const options = { expect: ["bind"], expectFrom: programStart };
    const found = await first({ runs }, options);
    const { ended, error } = await barrier({ runs: runs.slice(1) }, { ...options, found });
    expect(error).toBeUndefined();
    expect(ended.sort()).toEqual(["expected SUCCESS", "other SUCCESS"]);
  });

  it("that had found nothing out begins anew", async () => {
    const failure = () => new TransientError("busy");
    const found = await first({ runs: [], failure });
    expect(found).toEqual({ start: undefined, expectFrom: undefined, tasks: [] });
    const runs = [{ taskId: "old", beganMs: -100, endedMs: -50, end: "FAILED" }];
    expect((await barrier({ runs }, { found })).ended).toEqual([]);
  });
});

import {
  RequestRefusedError,
  TransientError,
  UnknownStatusError,
  WaitTimedOutError,
} from "../../../../provider/task/errors";
import type { BarrierOptions } from "../../../../provider/wait/barrier";
import { barrier, programStart, type Run } from "./barrierOver";

describe("requests that fail", () => {
  it("for a while are repeated", async () => {
    const failure = (atMs: number) => (atMs < 9000 ? new TransientError("busy", { httpStatus: 503 }) : undefined);
    const { ended } = await barrier({ runs: [{ taskId: "task", beganMs: -100, endedMs: 20_000 }], failure });
    expect(ended).toEqual(["task SUCCESS"]);
  });

  it("until the deadline are a timeout that says so", async () => {
    const { error } = await barrier({ runs: [], failure: () => new TransientError("busy") }, { timeoutMs: 5000 });
    expect(error).toBeInstanceOf(WaitTimedOutError);
    expect(error!.message).toContain(
      "none ever appeared (5 of the last 5 requests: no answer), and the last request failed: busy.",
    );
  });

  it("for good end the barrier at once, as the error that it is, with what was found", async () => {
    const failure = (atMs: number) => (atMs > 1000 ? new RequestRefusedError("no", { httpStatus: 403 }) : undefined);
    const { error, ended } = await barrier({ runs: [{ taskId: "task", beganMs: -100 }], failure });
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect(error!.message).toBe("waiting for background tasks of instance instance: no");
    expect(ended).toEqual(["task EXECUTING"]);
  });
});

describe("the deadline", () => {
  it.each<[string, Run[], Partial<BarrierOptions>, string]>([
    [
      "tasks in progress",
      [
        { taskId: "a", beganMs: -100 },
        { taskId: "b", name: "resize", beganMs: -200, status: "CREATED" },
        { taskId: "c", beganMs: -300, endedMs: 1000 },
      ],
      {},
      "in progress: restart (id a) EXECUTING, resize (id b) CREATED. The service keeps working on them.",
    ],
    [
      "an expected one",
      [],
      { expect: ["bind"], expectFrom: programStart, appearTimeoutMs: 90_000 },
      "not yet appeared: bind.",
    ],
    ["a time of quiet that is too long", [], { quietMs: 90_000 }, "nothing in progress, but for less than 90 s."],
  ])("names %s", async (_what, runs, options, message) => {
    const { error, endedMs, looksMs } = await barrier({ runs }, { timeoutMs: 30_000, ...options });
    expect(error).toBeInstanceOf(WaitTimedOutError);
    expect(error!.message).toContain(message);
    expect(error!.message).toContain("background tasks of instance instance have not ended after 30 s");
    // The last look comes at the deadline.
    expect(looksMs.at(-1)).toBe(30_000);
    expect(endedMs).toBeLessThanOrEqual(31_000);
  });

  it("names a status that nobody knows", async () => {
    const { error } = await barrier({ runs: [{ taskId: "a", beganMs: -100, status: "PAUSED" }] }, { timeoutMs: 5000 });
    expect(error).toBeInstanceOf(UnknownStatusError);
    expect(error!.message).toContain("in progress: restart (id a) PAUSED; unknown status PAUSED.");
  });
});

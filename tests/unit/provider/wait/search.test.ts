import type { ListPage } from "../../../../provider/service/client";
import { offsetFrom } from "../../../../provider/clock/serviceClock";
import { TaskNotFoundError, TransientError, WaitTimedOutError } from "../../../../provider/task/errors";
import { findTask, type SearchOptions } from "../../../../provider/wait/search";
import type { StartOfWait } from "../../../../provider/clock/startOfWait";
import { readEveryPage } from "../../../../provider/service/taskList";
import { ManualClock } from "../clock/manualClock";

const name = "bindInstancePublicIp";
const defaults: SearchOptions = {
  wait: true,
  timeoutMs: 60_000,
  appearTimeoutMs: 10_000,
  minDelayMs: 500,
  maxDelayMs: 10_000,
};
const hourMs = 3_600_000;

interface Run {
  taskId: string;
  /** Since the start of the wait, by a clock that is right. */
  beganMs: number;
  listedAfterMs?: number;
  name?: string;
  status?: string;
}

interface Service {
  runs: Run[];
  /** How far its clock is ahead of ours. */
  aheadMs?: number;
  roundTripMs?: number;
  /** Told before each request is answered. */
  onRequest?: (request: number) => void;
}

/** Searches a service with these runs, for what began when this is called, or at an explicit time. */
async function search(service: Service, options: Partial<SearchOptions> = {}, createdAfter?: string) {
  const { aheadMs = 0, roundTripMs = 40, onRequest } = service;
  const clock = new ManualClock(0.37);
  const startedAtMs = clock.epochMs();
  const warnings: string[] = [];
  const windows: (number | undefined)[] = [];
  let requests = 0;
  // The program needs a while before the first look.
  clock.pass(700);
  const listPage: ListPage = async (request) => {
    requests++;
    onRequest?.(requests);
    windows.push(request.createdFromMs);
    const sentMs = clock.epochMs();
    clock.pass(roundTripMs / 2);
    const answeredMs = clock.epochMs();
    const listed = service.runs
      .filter(({ beganMs, listedAfterMs = 0 }) => startedAtMs + beganMs + listedAfterMs <= answeredMs)
      .sort((a, b) => b.beganMs - a.beganMs)
      .map((run) => ({
        instanceId: "instance",
        name,
        status: "EXECUTING",
        ...run,
        createdAt: new Date(startedAtMs + aheadMs + run.beganMs).toISOString(),
      }));
    clock.pass(roundTripMs / 2);
    const dateMs = Math.floor((answeredMs + aheadMs) / 1000) * 1000;
    const tasks = listed.slice(request.skip, request.skip + request.limit);
    return {
      tasks,
      count: listed.length,
      projectId: "project",
      clockOffset: offsetFrom(dateMs, sentMs, clock.epochMs()),
    };
  };
  const atMs = createdAfter === undefined ? undefined : Date.parse(createdAfter);
  const start: StartOfWait =
    atMs === undefined ? { localMs: startedAtMs } : { at: { leastMs: atMs, greatestMs: atMs } };
  const outcome = await findTask({
    listTasks: (request, ask) => readEveryPage(listPage, request, ask, ["start"]),
    subject: { instanceId: "instance", name },
    start,
    options: { ...defaults, ...options },
    clock,
    listener: { onWarning: (message) => warnings.push(message) },
  });
  const isFound = outcome.state === "finished";
  const result = {
    taskId: isFound ? outcome.result.task.taskId : undefined,
    error: isFound ? undefined : outcome.cause,
  };
  return { ...result, warnings, windows, requests: () => requests };
}

const clocks = [
  ["as ours", 0],
  ["2 h behind", -2 * hourMs],
  ["1 s behind", -1000],
  ["0.3 s behind", -300],
  ["0.3 s ahead", 300],
  ["1 s ahead", 1000],
  ["2 h ahead", 2 * hourMs],
] as const;

const statuses = ["SUCCESS", "FAILED", "EXECUTING"];

describe.each(clocks)("with the service's clock %s", (_clock, aheadMs) => {
  it.each(statuses)("an old run, %s, is never taken", async (status) => {
    for (const beganMs of [-1, -50, -300, -999, -3000, -hourMs, -30 * 24 * hourMs]) {
      const { taskId, error } = await search({ aheadMs, runs: [{ taskId: "old", beganMs, status }] });
      expect([beganMs, taskId]).toEqual([beganMs, undefined]);
      expect(error).toBeInstanceOf(TaskNotFoundError);
      expect(error!.message).toContain("The newest other is background task old");
    }
  });

  it.each(statuses)("the new run is taken beside an old one, %s", async (status) => {
    for (const beganMs of [150, 300, 800, 2000]) {
      const runs = [
        { taskId: "new", beganMs },
        { taskId: "old", beganMs: -300, status },
      ];
      expect([beganMs, (await search({ aheadMs, runs })).taskId]).toEqual([beganMs, "new"]);
    }
  });

  it("the new run is waited for until it is listed", async () => {
    const runs = [
      { taskId: "new", beganMs: 400, listedAfterMs: 6000 },
      { taskId: "old", beganMs: -3000, status: "SUCCESS" },
    ];
    expect((await search({ aheadMs, runs })).taskId).toBe("new");
  });

  it("what began too close to the start to tell is named, with how to accept it", async () => {
    const { taskId, error } = await search({ aheadMs, runs: [{ taskId: "close", beganMs: 5 }] });
    expect(taskId).toBeUndefined();
    expect(error!.message).toMatch(
      /background task close .* too close to the start of this wait .*\nTo accept it, set createdAfter/,
    );
    const [, withinMs] = /known to within (\d+) ms/.exec(error!.message)!;
    expect(Number(withinMs)).toBeLessThan(200);
  });
});

describe("the new run", () => {
  const others = (count: number, beganMs: number) =>
    Array.from({ length: count }, (_, i) => ({ taskId: `other-${i}`, name: "restart", beganMs: beganMs + i }));

  it("is found on the third page", async () => {
    const runs = [{ taskId: "new", beganMs: 300 }, ...others(250, 310)];
    expect((await search({ runs })).taskId).toBe("new");
  });

  it("is found although it is pushed across a page's border between two requests", async () => {
    const runs: Run[] = [{ taskId: "new", beganMs: 300 }, ...others(99, 301), ...others(20, -9000)];
    const onRequest = (request: number) => {
      if (request === 2) {
        runs.push({ taskId: "meanwhile", name: "restart", beganMs: 500 });
      }
    };
    expect((await search({ runs, onRequest })).taskId).toBe("new");
  });

  it("is the newest of three, and the others are named in a warning", async () => {
    const runs = ["first", "second", "third"].map((taskId, i) => ({ taskId, beganMs: 300 + 100 * i }));
    const { taskId, warnings } = await search({ runs });
    expect(taskId).toBe("third");
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /^3 tasks named bindInstancePublicIp are new enough: waiting for the newest, third .* ignoring second .* first/,
    );
  });

  it("is the newest of a hundred, of which the warning names ten", async () => {
    const runs = Array.from({ length: 100 }, (_, i) => ({ taskId: `run-${i}`, beganMs: 690 - i, listedAfterMs: 2000 }));
    const { warnings } = await search({ runs });
    expect(warnings).toEqual([expect.stringMatching(/^100 tasks named .* run-10 \(started [^)]*\), and 89 more$/)]);
  });

  it("has exactly the name", async () => {
    const runs = ["bindInstancePublicIP", "bindInstancePublicIp ", "unbindInstancePublicIp"].map((wrong) => ({
      taskId: wrong,
      name: wrong,
      beganMs: 2000,
    }));
    const { error } = await search({ runs });
    expect(error!.message).toContain("There is no older one either.\nCheck the name");
  });

  it("is looked for among the tasks since the start alone, once the start is known", async () => {
    const { windows } = await search({ runs: [{ taskId: "new", beganMs: 300, listedAfterMs: 4000 }] });
    expect(windows[0]).toBeUndefined();
    expect(windows.slice(1).every((fromMs) => fromMs !== undefined)).toBe(true);
  });
});

describe("an explicit createdAfter", () => {
  it.each(clocks)("is compared to the millisecond, with the service's clock %s", async (_clock, aheadMs) => {
    const createdAfter = new Date(new ManualClock().epochMs() + aheadMs - 5000).toISOString();
    expect((await search({ aheadMs, runs: [{ taskId: "just", beganMs: -5000 }] }, {}, createdAfter)).taskId).toBe(
      "just",
    );
    const { error } = await search({ aheadMs, runs: [{ taskId: "before", beganMs: -5001 }] }, {}, createdAfter);
    expect(error!.message).toContain("background task before (EXECUTING)");
  });
});

describe("a search that finds nothing", () => {
  it("looks once where it is not to wait", async () => {
    const { error, requests } = await search({ runs: [] }, { wait: false });
    expect(error).toBeInstanceOf(TaskNotFoundError);
    expect(requests()).toBe(1);
  });

  it("does not count the time of an outage against the appear window", async () => {
    const onRequest = (request: number) => {
      if (request > 1 && request < 8) {
        throw new TransientError("busy", { httpStatus: 503 });
      }
    };
    const runs = [{ taskId: "new", beganMs: 300, listedAfterMs: 14_000 }];
    expect((await search({ runs, onRequest })).taskId).toBe("new");
  });

  it("ends at the deadline while the service does not answer", async () => {
    const onRequest = () => {
      throw new TransientError("busy", { httpStatus: 503 });
    };
    const { error } = await search({ runs: [], onRequest }, { timeoutMs: 5000 });
    expect(error).toBeInstanceOf(WaitTimedOutError);
    expect(error!.message).toMatch(/background task bindInstancePublicIp of instance instance has not ended .* busy/);
  });
});

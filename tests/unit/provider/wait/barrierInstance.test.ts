import {
  RequestRefusedError,
  TaskNotFoundError,
  TransientError,
  UnknownStatusError,
  WaitTimedOutError,
  WrongEndpointError,
} from "../../../../provider/task/errors";
import { InstanceNotRunningError } from "../../../../provider/task/instanceNotRunning";
import { barrier } from "./barrierOver";

// What the instance's own status means to a barrier whose tasks are quiet.

const restart = { taskId: "restart", name: "restart", beganMs: -100, endedMs: 5000 };
const lagging =
  (untilMs: number, status = "RESTARTING") =>
  (atMs: number) =>
    atMs < untilMs ? status : "RUNNING";
const refusal = new RequestRefusedError("looking at instance i returned HTTP 403. The permission p is needed.", {
  httpStatus: 403,
});

describe("an instance whose tasks are quiet", () => {
  it.each([[0], [1], [3000], [25_000]])(
    "and that runs takes one more request, with %i ms of quiet",
    async (quietMs) => {
      const { sent, statusesMs } = await barrier({ runs: [] }, { quietMs });
      const { sent: withoutStatus } = await barrier({ runs: [] }, { quietMs, untilRunning: false });
      expect(statusesMs).toHaveLength(1);
      expect(sent.filter((one) => one === "list")).toEqual(withoutStatus);
    },
  );

  it("is looked at just before the last list", async () => {
    const { sent } = await barrier({ runs: [restart] });
    expect(sent.slice(-3)).toEqual(["list", "status", "list"]);
    expect(sent.indexOf("status")).toBe(sent.length - 2);
  });

  it.each(["RESTARTING", "EXTENDING", "CREATING", "CONNECTOR_DELETING"])(
    "is waited for while its status is %s, in few requests",
    async (status) => {
      const { ended, endedMs, sent } = await barrier({ runs: [restart], statusAt: lagging(60_000, status) });
      expect(ended).toEqual(["restart SUCCESS"]);
      expect(endedMs).toBeGreaterThanOrEqual(60_000);
      expect(endedMs).toBeLessThan(68_000);
      expect(sent.filter((one) => one === "status").length).toBeLessThanOrEqual(20);
      expect(sent.slice(-2)).toEqual(["status", "list"]);
    },
  );

  it("that lags within the quiet time is waited for no longer than that", async () => {
    const { statusesMs, endedMs } = await barrier({ runs: [restart], statusAt: lagging(7000) });
    expect(statusesMs).toHaveLength(1);
    expect(endedMs).toBeLessThan(10_000);
  });

  it("is waited for again if a task starts meanwhile, even one that has ended by then", async () => {
    const next = { taskId: "next", beganMs: 20_000, endedMs: 21_000, end: "FAILED" };
    const { ended, endedMs, sent } = await barrier({ runs: [restart, next], statusAt: lagging(30_000) });
    expect(ended).toEqual(["next FAILED", "restart SUCCESS"]);
    expect(endedMs).toBeGreaterThanOrEqual(33_000);
    expect(sent.slice(-3)).toEqual(["list", "status", "list"]);
  });

  it("is not taken for ready by what it was before a task that started while its status was shown", async () => {
    const next = { taskId: "next", beganMs: 3090, endedMs: 8000 };
    const statusAt = (atMs: number) => (atMs > 3200 && atMs < 40_000 ? "RESTARTING" : "RUNNING");
    const { ended, endedMs } = await barrier({ runs: [next], statusAt });
    expect(ended).toEqual(["next SUCCESS"]);
    expect(endedMs).toBeGreaterThanOrEqual(40_000);
  });

  it("is listed again if the look at it failed for a while", async () => {
    const next = { taskId: "next", beganMs: 5000, endedMs: 30_000 };
    const statusFailure = (atMs: number) => (atMs < 10_000 ? new TransientError("busy") : undefined);
    const { ended, error } = await barrier({ runs: [next], statusFailure }, { quietMs: 0 });
    expect(error).toBeUndefined();
    expect(ended).toEqual(["next SUCCESS"]);
  });

  it("is not looked at if a failed task makes the wait a failure", async () => {
    const failing = { runs: [{ ...restart, end: "FAILED" }], statusAt: () => "ERROR" };
    const { statusesMs, ended } = await barrier(failing, { failOnError: true });
    expect(ended).toEqual(["restart FAILED"]);
    expect(statusesMs).toEqual([]);
    expect((await barrier(failing)).error).toBeInstanceOf(InstanceNotRunningError);
  });

  it("is not looked at with untilRunning: false", async () => {
    const { error, statusesMs } = await barrier({ runs: [], statusAt: () => "ERROR" }, { untilRunning: false });
    expect(error).toBeUndefined();
    expect(statusesMs).toEqual([]);
  });
});

describe("a status that does not change by itself", () => {
  it.each(["ERROR", "CREATEFAILED", "FROZEN", "EXTENDEDFAILED", "DELETING", "ROLLBACKFAILED"])(
    "fails at once, here %s",
    async (status) => {
      const { error, endedMs, ended } = await barrier({ runs: [restart], statusAt: () => status });
      expect(error).toBeInstanceOf(InstanceNotRunningError);
      expect(error).toMatchObject({ status, subject: { instanceId: "instance" } });
      expect(error!.message).toBe(
        `instance instance has the status ${status}: it accepts no operation, and this does not change by itself. ` +
          `Check the instance in the console. Once it is RUNNING, run the update again.`,
      );
      expect(ended).toEqual(["restart SUCCESS"]);
      expect(endedMs).toBeLessThan(10_000);
    },
  );

  it("fails with the tasks that failed, which may be why", async () => {
    const { error } = await barrier({ runs: [{ ...restart, end: "FAILED" }], statusAt: () => "EXTENDEDFAILED" });
    expect(error!.message).toContain("does not change by itself (failed: restart (id restart) FAILED). Check");
  });

  it("means nothing while a task is in progress", async () => {
    const { error, ended } = await barrier({ runs: [restart], statusAt: lagging(5000, "ERROR") });
    expect(error).toBeUndefined();
    expect(ended).toEqual(["restart SUCCESS"]);
  });
});

describe("a status that is not RUNNING", () => {
  it("in the end is named by the timeout, with what else was seen", async () => {
    const { error, endedMs, statusesMs } = await barrier(
      { runs: [restart], statusAt: () => "RESTARTING" },
      { timeoutMs: 30_000 },
    );
    expect(error).toBeInstanceOf(WaitTimedOutError);
    expect(error!.message).toMatch(
      /^instance instance was not seen RUNNING after 30 s and \d+ looks: nothing in progress, but its status is RESTARTING\.\n/,
    );
    expect(statusesMs.at(-1)).toBe(30_000);
    expect(endedMs).toBeLessThanOrEqual(31_000);
  });

  it.each([
    ["PAUSED", "its status is PAUSED, which is unknown"],
    ["running", "its status is running, which is unknown"],
    ["", "its status is missing, which is unknown"],
  ])("and that nobody knows, %j, is named in one warning and at the deadline", async (status, words) => {
    const warnings: string[] = [];
    const { error } = await barrier(
      { runs: [], statusAt: () => status },
      { timeoutMs: 30_000 },
      {},
      { onWarning: (message) => warnings.push(message) },
    );
    expect(error).toBeInstanceOf(UnknownStatusError);
    expect(error!.message).toContain(`nothing in progress, but ${words}.`);
    expect(warnings).toEqual([`the instance has the unknown status ${status}: still waiting`]);
  });

  it("is told to whoever listens, at each look", async () => {
    const told: unknown[] = [];
    await barrier({ runs: [], statusAt: lagging(5000) }, {}, {}, { onInstanceStatus: (status) => told.push(status) });
    expect(told.length).toBeGreaterThan(1);
    expect(new Set(told)).toEqual(new Set(["RESTARTING"]));
  });
});

describe("a look at the instance", () => {
  it("that is forbidden gives one warning, and the tasks alone decide", async () => {
    const warnings: string[] = [];
    const runs = [restart, { taskId: "next", beganMs: 8100, endedMs: 20_000 }];
    const { error, statusesMs, ended } = await barrier(
      { runs, statusFailure: () => refusal },
      {},
      {},
      { onWarning: (message) => warnings.push(message) },
    );
    expect(error).toBeUndefined();
    expect(ended).toEqual(["next SUCCESS", "restart SUCCESS"]);
    expect(warnings).toEqual([`${refusal.message} The wait goes by the tasks alone.`]);
    expect(statusesMs).toHaveLength(1);
  });

  it.each([
    ["refused otherwise", new RequestRefusedError("no", { httpStatus: 400 })],
    ["that has another address", new WrongEndpointError("no", { httpStatus: 404 })],
  ])("%s is an error at once", async (_what, refused) => {
    const { error } = await barrier({ runs: [], statusFailure: () => refused });
    expect(error).toBeInstanceOf(refused.constructor);
    expect(error!.message).toBe("waiting for background tasks of instance instance: no");
  });

  it("that fails for a while is repeated, and at the deadline the timeout says so", async () => {
    const statusFailure = (atMs: number) => (atMs < 20_000 ? new TransientError("busy") : undefined);
    expect((await barrier({ runs: [], statusFailure })).error).toBeUndefined();
    const { error } = await barrier({ runs: [], statusFailure }, { timeoutMs: 10_000 });
    expect(error).toBeInstanceOf(WaitTimedOutError);
    expect(error!.message).toMatch(/was not seen RUNNING .*its status was not shown .*the last request failed: busy\./);
  });

  it("that does not find it is repeated for the time in which it may appear", async () => {
    const appears = (atMs: number) => (atMs < 8000 ? undefined : "RUNNING");
    expect((await barrier({ runs: [], statusAt: appears })).error).toBeUndefined();
    const { error, endedMs } = await barrier({ runs: [], statusAt: () => undefined });
    expect(error).toBeInstanceOf(TaskNotFoundError);
    expect(error).toMatchObject({ missing: "instance" });
    expect(endedMs).toBeGreaterThanOrEqual(13_000);
    expect(endedMs).toBeLessThan(21_000);
  });
});

describe("an instance of DCS", () => {
  it("must be seen RUNNING twice in a row, which takes no longer", async () => {
    const { sent, endedMs } = await barrier({ runs: [], service: "dcs" });
    expect(sent).toEqual(["list", "status", "status", "list"]);
    expect(endedMs).toBeLessThan(3500);
  });

  it("that was RUNNING once, and then was not, is waited for", async () => {
    const statusAt = (atMs: number) => (atMs > 1000 && atMs < 20_000 ? "RESTORING" : "RUNNING");
    const { statusesMs, endedMs } = await barrier({ runs: [], service: "dcs", statusAt });
    expect(statusesMs.filter((atMs) => atMs >= 20_000)).toHaveLength(2);
    expect(endedMs).toBeGreaterThan(21_000);
  });

  it("has statuses of its own", async () => {
    const flushing = { runs: [], service: "dcs" as const, statusAt: lagging(20_000, "FLUSHING") };
    expect((await barrier(flushing)).error).toBeUndefined();
    expect((await barrier({ ...flushing, service: "kafka" }, { timeoutMs: 10_000 })).error).toBeInstanceOf(
      UnknownStatusError,
    );
  });
});

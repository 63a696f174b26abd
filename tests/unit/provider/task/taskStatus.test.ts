import { isTerminal, kindOfStatus } from "../../../../provider/task/taskStatus";
import { isAccepted, throwIfFailed } from "../../../../provider/task/verdict";

describe("a status", () => {
  it.each([
    ["CREATED", "pending"],
    ["EXECUTING", "pending"],
    ["", "pending"],
    [undefined, "pending"],
    [null, "pending"],
    ["SUCCESS", "success"],
    ["FAILED", "failure"],
    ["DELETED", "failure"],
    ["CANCELLED", "failure"],
    ["CANCELED", "failure"],
    ["success", "unknown"],
    ["SUCCESS ", "unknown"],
    ["PAUSED", "unknown"],
    [42, "unknown"],
    [["SUCCESS"], "unknown"],
    [true, "unknown"],
  ])("%j is %s", (status, kind) => {
    expect(kindOfStatus(status)).toBe(kind);
    expect(isTerminal(status)).toBe(kind === "success" || kind === "failure");
  });
});

describe("a status of DCS", () => {
  it.each([
    ["INIT", "pending"],
    ["RUNNING", "pending"],
    ["FAIL", "failure"],
    ["EXECUTING", "pending"],
    ["SUCCESS", "success"],
    ["FAILED", "failure"],
  ])("%s is %s", (status, kind) => {
    expect(kindOfStatus(status, "dcs")).toBe(kind);
  });

  it.each(["INIT", "RUNNING", "FAIL"])("%s is unknown to other services", (status) => {
    expect(kindOfStatus(status)).toBe("unknown");
  });

  it("is unknown of a service that does not exist, as a state may name one", () => {
    expect(kindOfStatus("SUCCESS", "redis" as "dcs")).toBe("unknown");
  });
});

describe("what was waited for", () => {
  const usual = { wait: true, failOnError: true, service: "kafka" as const };
  it.each([
    ["SUCCESS", {}, true],
    ["SUCCESS", { wait: false, failOnError: false }, true],
    ["FAILED", {}, false],
    ["FAILED", { failOnError: false }, true],
    ["EXECUTING", {}, false],
    ["EXECUTING", { failOnError: false }, false],
    ["EXECUTING", { wait: false }, true],
    ["PAUSED", { failOnError: false }, false],
    [undefined, {}, false],
  ])("%s with %j is accepted: %s", (status, expectation, accepted) => {
    expect(isAccepted(status, { ...usual, ...expectation })).toBe(accepted);
  });

  it("is an error for a failed task unless the caller said otherwise", () => {
    const task = { taskId: "t", instanceId: "i", status: "FAILED" };
    expect(() => throwIfFailed(task, { failOnError: true })).toThrow("ended with status FAILED");
    expect(() => throwIfFailed(task, { failOnError: false })).not.toThrow();
  });
});

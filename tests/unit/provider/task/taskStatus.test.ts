import { services } from "../../../../provider/task/services";
import { isTerminal, kindOfInstanceStatus, kindOfStatus } from "../../../../provider/task/taskStatus";
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

describe("a status of an instance", () => {
  it.each([
    ["RUNNING", "ready", "ready"],
    ["CREATING", "changing", "changing"],
    ["RESTARTING", "changing", "changing"],
    ["EXTENDING", "changing", "changing"],
    ["UPGRADING", "changing", "changing"],
    ["CONNECTOR_DELETING", "changing", "unknown"],
    ["FREEZING", "changing", "unknown"],
    ["SHRINKING", "changing", "unknown"],
    ["CONFIGURING", "changing", "unknown"],
    ["VOLUMETYPECHANGING", "changing", "unknown"],
    ["ROLLBACK", "changing", "unknown"],
    ["ERROR", "stuck", "stuck"],
    ["CREATEFAILED", "stuck", "stuck"],
    ["FROZEN", "stuck", "stuck"],
    ["DELETING", "stuck", "stuck"],
    ["EXTENDEDFAILED", "stuck", "unknown"],
    ["ROLLBACKFAILED", "stuck", "unknown"],
    ["UPGRADINGFAILED", "stuck", "unknown"],
    ["RESTORING", "unknown", "changing"],
    ["MIGRATING", "unknown", "changing"],
    ["FLUSHING", "unknown", "changing"],
    ["STARTING", "unknown", "changing"],
    ["CLOSING", "unknown", "changing"],
    ["PAYING", "unknown", "changing"],
    ["CLOSED", "unknown", "stuck"],
    ["running", "unknown", "unknown"],
    ["RUNNING ", "unknown", "unknown"],
    ["", "unknown", "unknown"],
    [undefined, "unknown", "unknown"],
  ])("%j is %s to DMS, %s to DCS", (status, ofDms, ofDcs) => {
    const kinds = (["kafka", "rabbitmq", "rocketmq", "dcs"] as const).map((service) =>
      kindOfInstanceStatus(status, service),
    );
    expect(kinds).toEqual([ofDms, ofDms, ofDms, ofDcs]);
  });

  it("is in one of these lines", () => {
    expect([services.kafka.instanceStatuses.size, services.dcs.instanceStatuses.size]).toEqual([18, 16]);
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
    expect(() => throwIfFailed(task, { failOnError: true }, "resource by id")).toThrow("ended with status FAILED");
    expect(() => throwIfFailed(task, { failOnError: false }, "resource by id")).not.toThrow();
  });
});

import * as pulumi from "@pulumi/pulumi";
import {
  barrierArguments,
  listArguments,
  lookUpArguments,
  quietInstanceArguments,
  searchArguments,
  taskArguments,
} from "../../../../provider/arguments/arguments";
import { parseGoDuration } from "../../../../provider/resources/resourceInputs";
import { jsonInput } from "../../../../provider/resources/jsonInput";
import { formatResourceId, parseResourceId } from "../../../../provider/lifecycles/resourceId";

const good = { instanceId: "instance", taskId: "task" };
const letters = 'must consist of letters, digits and "-", ".", "_" or "~", but is';
const range = "must be a number of seconds over 0, and no more than 86400, but is";

describe("arguments", () => {
  it("are fine when all is given as it should be", () => {
    const all = {
      ...good,
      timeoutSeconds: 86_400,
      appearTimeoutSeconds: 0,
      minDelaySeconds: 0.1,
      maxDelaySeconds: 5,
      wait: true,
      failOnError: false,
      projectId: "p",
      region: "eu-de",
      endpoint: "https://dms.example.com/v2/p",
    };
    expect(lookUpArguments.faultsOf({ ...all, ifMissing: "undefined" })).toEqual([]);
    expect(taskArguments.faultsOf({ ...all, triggers: [1, "a", null, { deep: [true] }] })).toEqual([]);
  });

  it.each([
    [
      { taskId: undefined },
      "taskId is required: set it to the task's id, or set name instead to wait for the newest task of that name",
    ],
    [{ instanceId: "" }, "instanceId must not be empty"],
    [{ taskId: "a/b" }, `taskId ${letters} "a/b"`],
    [{ taskId: ".." }, `taskId ${letters} ".."`],
    [{ taskId: "a?b" }, `taskId ${letters} "a?b"`],
    [{ taskId: "a#b" }, `taskId ${letters} "a#b"`],
    [{ taskId: "a\nb" }, `taskId ${letters} "a\\nb"`],
    [{ taskId: "a%2fb" }, `taskId ${letters} "a%2fb"`],
    [{ taskId: "x".repeat(129) }, "taskId must not be longer than 128 characters, but has 129"],
    [{ taskId: 7 }, "taskId must be a string, but is 7"],
    [{ timeoutSeconds: 0 }, `timeoutSeconds ${range} 0`],
    [{ timeoutSeconds: -1 }, `timeoutSeconds ${range} -1`],
    [{ timeoutSeconds: NaN }, `timeoutSeconds ${range} NaN`],
    [{ timeoutSeconds: "5" }, `timeoutSeconds ${range} "5"`],
    [{ timeoutSeconds: 86_401 }, `timeoutSeconds ${range} 86401`],
    [{ wait: "no" }, 'wait must be true or false, but is "no"'],
    [{ minDelaySeconds: 200 }, "minDelaySeconds (200) must not be greater than maxDelaySeconds (120)"],
    [{ maxDelaySeconds: 0.1 }, "minDelaySeconds (0.2) must not be greater than maxDelaySeconds (0.1)"],
    [{ minDelaySeconds: "20" }, 'minDelaySeconds must be a number of seconds from 0.1 to 86400, but is "20"'],
    [{ appearTimeoutSeconds: -1 }, "appearTimeoutSeconds must be a number of seconds from 0 to 86400, but is -1"],
    [{ endpoint: "https://u:hunter22@host" }, "endpoint must be a URL without credentials"],
    [{ projectId: "" }, "projectId must not be empty"],
    [{ region: "EU" }, 'region must be the name of a region such as "eu-de", but is "EU"'],
    [{ endpoint: "dms" }, 'endpoint must be a URL such as "https://host", but is "dms"'],
  ])("%j are named, with what is wrong and what would be right", (bad, reason) => {
    for (const { faultsOf } of [lookUpArguments, taskArguments]) {
      expect(faultsOf({ ...good, ...bad }).map((fault) => fault.reason)).toEqual([reason]);
    }
  });

  it.each([
    [{ taskId: "a", name: "b" }, "name must not be set together with taskId"],
    [{ taskId: "a", createdAfter: "2026-01-31T08:00:00Z" }, "createdAfter is accepted only with name"],
    [{ name: "" }, "name must not be empty"],
    [{ name: "b", createdAfter: "2026-01-31T08:00:00" }, "createdAfter must be an RFC 3339 time with a zone"],
    [{ name: "b", createdAfter: "2026-02-30T08:00:00Z" }, "createdAfter must be an RFC 3339 time with a zone"],
    [{ name: "b", createdAfter: 5 }, "createdAfter must be an RFC 3339 time with a zone"],
    [
      { taskId: "a", service: "Kafka" },
      'service must be one of "kafka", "rabbitmq", "rocketmq", "dcs", but is "Kafka"',
    ],
  ])("that tell which task is meant: %j are named", (args, reason) => {
    for (const { faultsOf } of [lookUpArguments, taskArguments]) {
      const [first] = faultsOf({ instanceId: "instance", wait: false, ...args });
      expect(first!.reason).toContain(reason);
    }
  });

  it("of a function need a time with a name, unless it looks once; those of a resource do not", () => {
    const named = { instanceId: "instance", name: "restart" };
    expect(lookUpArguments.faultsOf(named)[0]!.reason).toMatch(/^createdAfter is required with name/);
    expect(lookUpArguments.faultsOf({ ...named, wait: false })).toEqual([]);
    expect(lookUpArguments.faultsOf({ ...named, createdAfter: "2026-01-31T08:00:00+01:00" })).toEqual([]);
    expect(taskArguments.faultsOf(named)).toEqual([]);
  });

  it.each([
    [{ status: "EXECUTING" }, undefined],
    [{ name: "restart", timeoutSeconds: 5, service: "dcs" }, undefined],
    [{ status: "" }, "status must be a status"],
    [
      { createdAfter: "2026-01-31T08:00:00Z", createdBefore: "2026-01-31T08:00:00Z" },
      "createdBefore (2026-01-31T08:00:00Z) must be later than createdAfter",
    ],
    [{ taskId: "a" }, 'unknown argument "taskId"'],
    [{ wait: true }, 'unknown argument "wait"'],
    [{ expect: ["a"] }, 'unknown argument "expect"'],
    [{ quietSeconds: 1 }, 'unknown argument "quietSeconds"'],
    [{ failOnError: false }, 'unknown argument "failOnError"'],
  ])("of a list: %j", (args, reason) => {
    const [first] = listArguments.faultsOf({ instanceId: "instance", ...args });
    expect(first?.reason).toEqual(reason === undefined ? undefined : (expect.stringContaining(reason) as string));
  });

  it.each([
    [{ name: "restart", failOnError: false, quietSeconds: 0, timeoutSeconds: 5, service: "dcs" }, undefined],
    [{ expect: ["a"], createdAfter: "2026-01-31T08:00:00Z" }, undefined],
    [{ expect: ["a"] }, "createdAfter is required with expect"],
    [{ expect: "a", createdAfter: "2026-01-31T08:00:00Z" }, "expect must be an array of names of tasks"],
    [{ minDelaySeconds: 5, maxDelaySeconds: 1 }, "minDelaySeconds (5) must not be greater than maxDelaySeconds (1)"],
    [{ status: "EXECUTING" }, 'unknown argument "status"'],
    [{ createdBefore: "2026-01-31T08:00:00Z" }, 'unknown argument "createdBefore"'],
    [{ triggers: [] }, 'unknown argument "triggers"'],
  ])("of a wait for a quiet instance: %j", (args, reason) => {
    const [first] = quietInstanceArguments.faultsOf({ instanceId: "instance", ...args });
    expect(first?.reason).toEqual(reason === undefined ? undefined : (expect.stringContaining(reason) as string));
  });

  it("that do not exist are refused, with those that do", () => {
    expect(lookUpArguments.faultsOf({ ...good, triggers: [] })[0]!.reason).toMatch(
      /^unknown argument "triggers": the arguments are instanceId, taskId, .*ifMissing$/,
    );
    expect(taskArguments.faultsOf({ ...good, ifMissing: "error" })[0]!.reason).not.toContain("resourceUrn");
  });

  it("of the function are plain values", () => {
    expect(lookUpArguments.faultsOf({ ...good, taskId: pulumi.output("x") })[0]!.reason).toMatch(/but is an Output/);
    expect(lookUpArguments.faultsOf(undefined)[0]!.reason).toBe("the arguments must be an object, but are undefined");
  });
});

describe("arguments that are left out", () => {
  it("have their defaults for whoever acts on them", () => {
    const pace = { timeoutSeconds: 1800, appearTimeoutSeconds: 60, minDelaySeconds: 0.2, maxDelaySeconds: 120 };
    const common = { ...pace, service: "kafka", failOnError: true };
    expect(lookUpArguments.withDefaults(good)).toMatchObject({ ...good, ...common, wait: true, ifMissing: "error" });
    expect(taskArguments.withDefaults(good)).toMatchObject({ ...good, ...common, wait: true });
    expect(searchArguments.withDefaults({ instanceId: "instance", name: "restart" })).toMatchObject(pace);
    const many = { ...common, quietSeconds: 3, expect: [] };
    expect(listArguments.withDefaults({ instanceId: "instance" })).toMatchObject({ ...pace, service: "kafka" });
    expect(quietInstanceArguments.withDefaults({ instanceId: "instance" })).toMatchObject(many);
    expect(barrierArguments.withDefaults({ instanceId: "instance" })).toMatchObject(many);
  });

  it("are not what is given as zero, false or an empty list", () => {
    const given = { instanceId: "instance", failOnError: false, appearTimeoutSeconds: 0, quietSeconds: 0, expect: [] };
    expect(barrierArguments.withDefaults(given)).toMatchObject(given);
  });

  it("stay as they are in a state of another release, whose bounds and arguments may have been others", () => {
    const recorded = { ...good, timeoutSeconds: 1e6, service: "another", retired: true };
    const { retired, ...known } = recorded;
    expect(taskArguments.withDefaults(recorded as never)).toMatchObject(known);
    expect(taskArguments.withDefaults(recorded as never)).not.toHaveProperty("retired");
  });
});

describe("what a change of an argument means", () => {
  const where = ["service", "projectId", "region", "cloudProvider", "cloud", "endpoint"];
  const howLong = ["timeoutSeconds", "appearTimeoutSeconds", "minDelaySeconds", "maxDelaySeconds"];
  const deadlines = ["createTimeoutSeconds", "updateTimeoutSeconds"];

  // A state tells the given ones of the first kind from results of the same name: an argument that joins them, or leaves
  // them, makes resources of old states wait again.
  it("is said by its shape: another wait", () => {
    expect(taskArguments.identifying).toEqual(["instanceId", "taskId", ...where, "triggers"]);
    expect(searchArguments.identifying).toEqual(["instanceId", "name", "createdAfter", ...where, "triggers"]);
    expect(barrierArguments.identifying.toSorted()).toEqual(
      ["instanceId", "name", "expect", "createdAfter", ...where, "triggers"].toSorted(),
    );
  });

  it("is said by its shape: nothing but that it is recorded", () => {
    expect(taskArguments.adjusting).toEqual(["wait", "failOnError", ...howLong, "deleteRecord", ...deadlines]);
    expect(barrierArguments.adjusting).toEqual([
      "failOnError",
      "quietSeconds",
      "untilRunning",
      ...howLong,
      ...deadlines,
    ]);
  });

  it("is a search's only where it tells which task is meant: the rest is not handed on to it", () => {
    expect(searchArguments.names).toEqual(["instanceId", "name", "createdAfter", ...howLong, ...where, "triggers"]);
  });
});

describe("a resource's inputs", () => {
  class Own {}
  it.each([
    [new Map(), "a Map"],
    [new Own(), "a Own"],
    [() => 1, "a function"],
    [1n, "a bigint"],
    [NaN, "NaN"],
    [new Date(NaN), "an invalid Date"],
  ])("refuse %p, which is no JSON", (value, what) => {
    expect(() => jsonInput([{ deep: value }], "triggers")).toThrow(
      `triggers[0].deep must be a JSON value, but is ${what}.`,
    );
  });

  it("take a Date as RFC 3339 text", () => {
    expect(jsonInput([new Date(0), null, { a: [1] }], "triggers")).toEqual([
      "1970-01-01T00:00:00.000Z",
      null,
      { a: [1] },
    ]);
  });

  it("refuse what contains itself", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => jsonInput(loop, "triggers")).toThrow("must be a JSON value, but is nested too deeply");
  });
});

describe("a Go duration", () => {
  it.each([
    ["30m", 1800],
    ["1h30m", 5400],
    ["90s", 90],
    ["1.5h", 5400],
    ["250ms", 0.25],
    ["soon", undefined],
    ["5", undefined],
    ["", undefined],
  ])("%j is %j seconds", (text, seconds) => {
    expect(parseGoDuration(text)).toBe(seconds);
  });
});

describe("a resource's id", () => {
  it("tells all that is needed to read the task", () => {
    const id = { service: "kafka" as const, projectId: "p", ...good };
    expect(formatResourceId(id)).toBe("kafka/p/instance/task");
    expect(parseResourceId("kafka/p/instance/task")).toEqual(id);
    expect(parseResourceId(formatResourceId({ ...id, projectId: undefined }))).toEqual({ ...id, projectId: undefined });
  });

  it.each(["", "task", "kafka/p/instance", "kafka/p/instance/task/more", "kafka//instance/task"])("is not %j", (id) => {
    expect(() => parseResourceId(id)).toThrow('must be "service/project/instance/task"');
  });
});

import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask } from "../../../../provider/resources/backgroundTask";
import { QuietInstance } from "../../../../provider/resources/quietInstance";
import { parseGoDuration } from "../../../../provider/resources/resourceInputs";

interface Registered {
  name: string;
  type: string;
  id?: string;
  inputs: { [name: string]: unknown };
}
let registered: Registered[];
const given = { ...process.env };
beforeEach(async () => {
  registered = [];
  await pulumi.runtime.setMocks({
    newResource: ({ name, type, id, inputs }) => {
      registered.push({ name, type, id, inputs: inputs as Registered["inputs"] });
      return {
        id: id || `${name}-id`,
        state: { ...(inputs as object), ...(type.endsWith("Search") && { taskId: "found" }) },
      };
    },
    call: () => ({}),
  });
});
afterEach(() => {
  process.env = { ...given };
});

const args = { instanceId: "instance", taskId: "task" };
const settled = (resource: pulumi.CustomResource) => new Promise((resolve) => resource.id.apply(resolve));
/** What the engine is told of a resource, and of its search before it. */
async function told(resource: pulumi.CustomResource): Promise<Registered[]> {
  await settled(resource);
  return registered;
}
const typeOf = (name: string) => `pulumi-nodejs:dynamic/otc:${name}`;

describe("a BackgroundTask", () => {
  it("by id registers its arguments, and knows its own URN", async () => {
    const [task, ...others] = await told(new BackgroundTask("bound", { ...args, timeoutSeconds: 60 }));
    expect(others).toEqual([]);
    expect(task).toMatchObject({ name: "bound", type: typeOf("BackgroundTask") });
    expect(task!.inputs).toMatchObject({ ...args, timeoutSeconds: 60 });
    expect(task!.inputs["resourceUrn"]).toBe(`urn:pulumi:stack::project::${typeOf("BackgroundTask")}::bound`);
    expect(task!.inputs).not.toHaveProperty("createTimeoutSeconds");
    expect(task!.inputs).not.toHaveProperty("updateTimeoutSeconds");
  });

  it("by name registers a search that has what selects the task, and takes its id from there", async () => {
    const parent = new pulumi.ComponentResource("shop:index:Network", "network");
    const byName = { instanceId: "instance", name: "restart", createdAfter: new Date(0), failOnError: false };
    const aliases = [`urn:pulumi:stack::project::${typeOf("BackgroundTask")}::old`];
    const all = await told(new BackgroundTask("bound", byName, { parent, aliases }));
    const [search, task] = all.filter(({ type }) => type.includes("BackgroundTask"));
    expect(search).toMatchObject({ name: "bound", type: typeOf("BackgroundTaskSearch") });
    expect(search!.inputs).toMatchObject({
      instanceId: "instance",
      name: "restart",
      createdAfter: "1970-01-01T00:00:00.000Z",
      startedAtMs: expect.any(Number) as number,
      resourceUrn: expect.stringContaining(`shop:index:Network$${typeOf("BackgroundTaskSearch")}::bound`) as string,
    });
    expect(search!.inputs).not.toHaveProperty("failOnError");
    expect(task!.inputs).toMatchObject({ taskId: "found", failOnError: false });
    expect(task!.inputs).not.toHaveProperty("createdAfter");
  });

  it("by both registers no search: the check refuses that", async () => {
    const both = { ...args, name: "restart" } as unknown as typeof args;
    const [task, ...others] = await told(new BackgroundTask("bound", both));
    expect(others).toEqual([]);
    expect(task!.inputs).toMatchObject({ taskId: "task", name: "restart" });
  });

  it("that is only looked up has an id and no arguments", async () => {
    const [task, ...others] = await told(BackgroundTask.get("bound", "kafka/p/i/t"));
    expect(others).toEqual([]);
    expect(task!.id).toBe("kafka/p/i/t");
    expect(task!.inputs).not.toHaveProperty("resourceUrn");
  });

  it.each([
    [
      { create: "1h30m", update: "1.5s" },
      { createTimeoutSeconds: 5400, updateTimeoutSeconds: 1.5 },
    ],
    [{ create: "2m" }, { createTimeoutSeconds: 120 }],
    [{ delete: "2m" }, {}],
  ])("passes the custom timeouts %j on", async (customTimeouts, expected) => {
    const [task] = await told(new BackgroundTask("bound", args, { customTimeouts }));
    const timeouts = Object.entries(task!.inputs).filter(([name]) => /^(create|update)Timeout/.test(name));
    expect(Object.fromEntries(timeouts)).toEqual(expected);
  });

  it("has another provider if its record is to be deleted, which must be known at once", async () => {
    await told(new BackgroundTask("kept", args));
    await told(new BackgroundTask("kept too", { ...args, deleteRecord: false }));
    await told(new BackgroundTask("deleted", { ...args, deleteRecord: true }));
    const [kept, keptToo, deleted] = registered.map(({ inputs }) => inputs["__provider"]);
    expect(keptToo).toEqual(kept);
    expect(deleted).not.toEqual(kept);
    const unknown = pulumi.output(true) as unknown as boolean;
    expect(() => new BackgroundTask("bound", { ...args, deleteRecord: unknown })).toThrow(
      "deleteRecord must be true or false, not an Output.",
    );
  });

  it("can be debugged with the SDK's own variable", async () => {
    process.env["PULUMI_DEBUG_PROMISE_LEAKS"] = "1";
    const { stackTraceLimit } = Error;
    await told(new BackgroundTask("bound", args));
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });
});

describe("the kind of a resource", () => {
  it("is recognized, also with another copy of the class", async () => {
    const task = new BackgroundTask("bound", args);
    const quiet = new QuietInstance("quiet", { instanceId: "instance" });
    await Promise.all([settled(task), settled(quiet)]);
    expect([task, quiet, {}, undefined].map((value) => BackgroundTask.isInstance(value))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([task, quiet, {}, undefined].map((value) => QuietInstance.isInstance(value))).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });
});

describe("a QuietInstance", () => {
  it("registers its arguments, and when the update started", async () => {
    const [quiet] = await told(new QuietInstance("quiet", { instanceId: "instance", expect: ["restart"] }));
    expect(quiet).toMatchObject({ name: "quiet" });
    expect(quiet!.inputs).toMatchObject({
      instanceId: "instance",
      expect: ["restart"],
      startedAtMs: expect.any(Number) as number,
    });
  });
});

describe("a trigger", () => {
  const registeredTriggers = async (...triggers: unknown[]) =>
    (await told(new BackgroundTask("bound", { ...args, triggers })))[0]!.inputs["triggers"];

  it("is any JSON value, in Outputs and promises, and times are their text", async () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    expect(
      await registeredTriggers(
        "a",
        1,
        true,
        null,
        [1, [2]],
        { b: { c: 3 } },
        new Date(0),
        pulumi.output("o"),
        Promise.resolve("p"),
        bare,
      ),
    ).toEqual(["a", 1, true, null, [1, [2]], { b: { c: 3 } }, "1970-01-01T00:00:00.000Z", "o", "p", { a: 1 }]);
  });

  it.each([
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [() => 1, "a function"],
    [10n, "a bigint"],
    [new Map(), "a Map"],
    [new Date(NaN), "an invalid Date"],
    [Object.create(Object.create(null) as object), "a object"],
  ])("is refused if it is no JSON value: case %#", (value, what) => {
    const wrong = () => new BackgroundTask("bound", { ...args, triggers: ["fine", { inner: [value] }] });
    expect(wrong).toThrow(`triggers[1].inner[0] must be a JSON value, but is ${what}.`);
  });

  it("is refused if it contains itself", () => {
    const endless: unknown[] = [];
    endless.push(endless);
    expect(() => new BackgroundTask("bound", { ...args, triggers: endless })).toThrow(
      /^triggers\S{32}… .* nested too deeply/,
    );
  });
});

describe("a duration of Go's", () => {
  it.each([
    ["5m", 300],
    ["1h2m3s", 3723],
    ["1.5h", 5400],
    ["250ms", 0.25],
    ["5us", 5e-6],
    ["5µs", 5e-6],
    ["5μs", 5e-6],
    ["5ns", 5e-9],
    ["2.s", 2],
    ["", undefined],
    ["5", undefined],
    ["5 m", undefined],
    ["-5m", undefined],
    ["5m!", undefined],
    ["in 5m", undefined],
  ])("%j is %p seconds", (text, seconds) => {
    const parsed = parseGoDuration(text);
    if (seconds === undefined) expect(parsed).toBeUndefined();
    else expect(parsed).toBeCloseTo(seconds, 12);
  });
});

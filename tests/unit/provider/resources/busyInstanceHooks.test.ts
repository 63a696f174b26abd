import * as pulumi from "@pulumi/pulumi";
import { version } from "@pulumi/pulumi/version";
import type { Emulator } from "../../../../emulator";
import { quietInstanceHooks, retryWhileBusy } from "../../../../provider/resources/busyInstanceHooks";
import { endCloud, startCloud } from "../programsCloud";

let emulator: Emulator;
/** A program's connection to its engine. */
const monitor = (own: object = {}) => own as ReturnType<typeof pulumi.runtime.getMonitor>;
beforeEach(async () => {
  emulator = await startCloud();
  // A program of its own, and no mocks.
  jest.spyOn(pulumi.runtime, "getMonitor").mockReturnValue(monitor());
  jest.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(false);
});
afterEach(endCloud);

const instance = () => ({ instanceId: emulator.instanceId, quietSeconds: 0 });
const operation = { urn: "urn:pulumi:dev::shop::otc:Topic::orders", id: "", name: "orders", type: "otc:Topic" };
const failed = { ...operation, failedOperation: "create", errors: ["DMS.00400026"] };
const lists = () => emulator.counts()["listTasks"] ?? 0;

describe("quietInstanceHooks", () => {
  it("waits before a create and an update, and by request before a delete", () => {
    const { onError, ...hooks } = quietInstanceHooks("orders", instance());
    expect(Object.keys(hooks).sort()).toEqual(["afterCreate", "afterUpdate", "beforeCreate", "beforeUpdate"]);
    expect(hooks.beforeUpdate).toBe(hooks.beforeCreate);
    const names = [...hooks.beforeCreate!, ...hooks.afterCreate!, ...onError!].map(({ name }) => name);
    expect(names).toEqual(["otc-quiet-instance:orders", "otc-operation-over:orders", "otc-retry-while-busy:orders"]);
    const withDelete = quietInstanceHooks("others", { ...instance(), beforeDelete: true });
    expect(withDelete.beforeDelete).toBe(withDelete.beforeCreate);
  });

  it("waits for the instance with the arguments of a barrier, and shows it on the resource's row", async () => {
    emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }] });
    const args = { ...instance(), instanceId: pulumi.output(emulator.instanceId), createdAfter: new Date(0) };
    await quietInstanceHooks("orders", args).beforeCreate![0]!.callback(operation);
    expect(lists()).toBeGreaterThan(1);
    const [message, row] = jest.mocked(pulumi.log.info).mock.calls[0]!;
    expect(message).toContain("restart EXECUTING");
    expect(await new Promise((resolve) => row!.urn.apply(resolve))).toBe(operation.urn);
  });

  it("waits with the stack's defaults, which it checks when it is called", async () => {
    const setTimeoutSeconds = (text: string) => pulumi.runtime.setConfig("otc-background-task:timeoutSeconds", text);
    try {
      setTimeoutSeconds("soon");
      expect(() => quietInstanceHooks("malformed", instance())).toThrow(
        /^otc-background-task:timeoutSeconds in the Pulumi configuration must be a number of seconds .* but is "soon"\.$/,
      );
      setTimeoutSeconds("0.5");
      emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
      const { onError } = retryWhileBusy("impatient", instance());
      await expect(onError![0]!.callback(failed)).rejects.toThrow(/ have not ended after 0\.\d s /);
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });

  it("fails the operation when the wait fails", async () => {
    emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status: "FAILED", afterLooks: 2 }] });
    const { beforeCreate } = quietInstanceHooks("orders", instance());
    await expect(beforeCreate![0]!.callback(operation)).rejects.toThrow(/failed: restart/);
  });

  it("lets the next operation on the instance wait until this one is over", async () => {
    const { beforeCreate, afterCreate } = quietInstanceHooks("orders", instance());
    const other = quietInstanceHooks("others", instance());
    await beforeCreate![0]!.callback(operation);
    const looked = lists();
    const next = other.beforeCreate![0]!.callback({ ...operation, urn: "other" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(lists()).toBe(looked);
    const [message, row] = jest.mocked(pulumi.log.info).mock.lastCall!;
    expect(message).toBe(`waiting for another resource's operation on instance ${emulator.instanceId}`);
    expect(await new Promise((resolve) => row!.urn.apply(resolve))).toBe("other");
    await afterCreate![0]!.callback(operation);
    await next;
    expect(lists()).toBeGreaterThan(looked);
    await other.afterCreate![0]!.callback({ ...operation, urn: "other" });
  });

  it("does not let the package's own resources take a turn, since they send no operation", async () => {
    const own = { ...operation, type: "pulumi-nodejs:dynamic/otc:BackgroundTask" };
    const { beforeCreate } = quietInstanceHooks("bound", instance());
    await beforeCreate![0]!.callback({ ...own, urn: "search" });
    await beforeCreate![0]!.callback({ ...own, urn: "wait" });
    expect(lists()).toBeGreaterThan(1);
  });

  it("ends its wait, and the operation with it, when the signal is aborted", async () => {
    emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
    const abort = new AbortController();
    const { beforeCreate } = quietInstanceHooks("orders", instance(), { signal: abort.signal });
    const waiting = beforeCreate![0]!.callback(operation);
    abort.abort(new Error("no longer wanted"));
    await expect(waiting).rejects.toThrow("no longer wanted");
  });

  it("refuses to wait for an instance that the update does not know", async () => {
    const args = { instanceId: pulumi.output(pulumi.unknown as unknown as string) };
    const { beforeCreate } = quietInstanceHooks("orders", args);
    await expect(beforeCreate![0]!.callback(operation)).rejects.toThrow(/unknown: add the resource/);
  });
});

describe("retryWhileBusy", () => {
  it("waits and retries at most maxRetries times", async () => {
    const [retry] = retryWhileBusy("orders", { ...instance(), maxRetries: 1 }).onError!;
    expect(await retry!.callback(failed)).toBe(true);
    expect(lists()).toBeGreaterThan(0);
    expect(await retry!.callback(failed)).toBe(false);
  });

  it("neither waits for nor retries an error of another kind", async () => {
    const [retry] = retryWhileBusy("orders", instance()).onError!;
    expect(await retry!.callback({ ...failed, errors: ["DMS.00404022"] })).toBe(false);
    expect(emulator.requests()).toEqual([]);
  });

  it("does nothing in a preview, which calls hooks for errors", async () => {
    jest.mocked(pulumi.runtime.isDryRun).mockReturnValue(true);
    const [retry] = retryWhileBusy("orders", instance()).onError!;
    expect(await retry!.callback(failed)).toBe(false);
    expect(emulator.requests()).toEqual([]);
  });
});

describe.each([
  ["quietInstanceHooks", quietInstanceHooks],
  ["retryWhileBusy", retryWhileBusy],
])("%s refuses", (functionName, hooksOf) => {
  it.each([
    ["an unknown argument", { wait: true }, 'unknown argument "wait"'],
    ["a triggers", { triggers: [1] }, 'unknown argument "triggers"'],
    ["too many retries", { maxRetries: 100 }, "maxRetries must be a whole number from 0 to 99, but is 100."],
    ["half a retry", { maxRetries: 0.5 }, "maxRetries must be a whole number"],
    ["retries that are an Output", { maxRetries: pulumi.output(1) }, "maxRetries must be a whole number"],
    ["expected tasks without a time", { expect: ["restart"] }, "createdAfter is required with expect"],
  ])("%s", (_what, wrong, reason) => {
    const make = () => hooksOf("orders", { ...instance(), ...wrong } as never);
    expect(make).toThrow(`${functionName}: `);
    expect(make).toThrow(reason);
  });

  it("an unknown option", () => {
    const make = () => hooksOf("orders", instance(), { parent: undefined } as never);
    expect(make).toThrow(`${functionName}: unknown option "parent": the options are signal.`);
    expect(make).toThrow(pulumi.RunError);
  });

  it("missing arguments", () => {
    expect(() => hooksOf("orders", undefined as never)).toThrow(`${functionName}: the arguments must be an object`);
    expect(() => hooksOf("orders", {} as never)).toThrow(`${functionName}: instanceId is required`);
  });

  it("a name that the program has already, of either function, but not that of another program", () => {
    hooksOf("orders", instance());
    for (const again of [quietInstanceHooks, retryWhileBusy]) {
      expect(() => again("orders", instance())).toThrow('the program already has hooks named "orders"');
    }
    jest.mocked(pulumi.runtime.getMonitor).mockReturnValue(monitor());
    expect(hooksOf("orders", instance()).onError).toHaveLength(1);
  });

  it("an empty name", () => {
    expect(() => hooksOf("", instance())).toThrow("the name must be a string that is not empty");
  });

  it("an engine without hooks, when the resource is registered, in one sentence that names the versions", async () => {
    const [retry] = hooksOf("orders", instance()).onError!;
    const { __registered } = retry as unknown as { __registered: Promise<void> };
    await expect(__registered).rejects.toMatchObject({
      message: expect.stringMatching(
        /^quietInstanceHooks and retryWhileBusy need @pulumi\/pulumi 3\.218\.0 or later \(this is .*CLI/,
      ) as string,
      __pulumiRunError: true,
    });
    await expect(__registered).rejects.toThrow(version);
  });

  it("nothing of a user's unit test, where it hooks nothing", () => {
    jest.mocked(pulumi.runtime.getMonitor).mockReturnValue(monitor({ mocks: {} }));
    expect(hooksOf("orders", instance())).toEqual({});
    expect(hooksOf("orders", instance())).toEqual({});
    expect(() => hooksOf("orders", {} as never)).toThrow("instanceId is required");
  });
});

import { type Emulator, startEmulator } from "../../../../emulator";
import * as barrier from "../../../../provider/lifecycles/barrierLifecycle";
import * as deletion from "../../../../provider/lifecycles/recordDeletion";
import * as task from "../../../../provider/lifecycles/taskLifecycle";
import type { CloudProvider } from "../../../../provider/task/cloudProviders";
import { makeSleepsQuick } from "./quickClock";

// A resource of one cloud stays one of that cloud. Both have settings; `choose` is what the setting cloudProvider says.

let otc: Emulator;
let huawei: Emulator;
const environment = { ...process.env };
beforeAll(async () => {
  otc = await startEmulator();
  huawei = await startEmulator({ region: "eu-west-101" });
});
beforeEach(() => {
  process.env = { ...environment, ...huawei.huaweiEnv, ...otc.env };
  makeSleepsQuick();
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  process.env = environment;
  await Promise.all([otc.close(), huawei.close()]);
});

const choose = (cloudProvider: string | undefined) => {
  delete process.env["PULUMI_OTC_CLOUD_PROVIDER"];
  Object.assign(process.env, cloudProvider !== undefined && { PULUMI_OTC_CLOUD_PROVIDER: cloudProvider });
};

/** A task that both clouds have, under the same ids: a look at the wrong one would find it. */
const taskInBoth = (...progress: { status: string; afterLooks?: number }[]) => {
  const { instanceId } = otc;
  const { taskId } = otc.addTask({ name: "restart", instanceId, progress });
  huawei.addTask({ name: "restart", instanceId, id: taskId, progress });
  return { instanceId, taskId };
};
const inProgress = () => taskInBoth({ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 1 });
const ended = () => taskInBoth({ status: "SUCCESS" });
const looksAt = async (run: () => Promise<unknown>) => {
  const looks = () =>
    [otc, huawei].map((cloud) => cloud.requests().filter(({ path }) => path.includes("/tasks")).length);
  const [otcBefore, huaweiBefore] = looks();
  await run();
  const [otcAfter, huaweiAfter] = looks();
  return { otc: otcAfter! > otcBefore!, huawei: huaweiAfter! > huaweiBefore! };
};
const onlyOtc = { otc: true, huawei: false };
const onlyHuawei = { otc: false, huawei: true };

describe("a creation", () => {
  it.each([
    ["huaweicloud", onlyHuawei, { cloudProvider: "huaweicloud" }],
    ["opentelekomcloud", onlyOtc, {}],
  ])("in %s looks there, and records it if it is not Open Telekom Cloud", async (cloud, expected, recorded) => {
    choose(cloud);
    let outs: { cloudProvider?: string; given?: string[] } = {};
    expect(await looksAt(async () => ({ outs } = (await task.create(ended())) as { outs: typeof outs }))).toEqual(
      expected,
    );
    expect({ cloudProvider: outs.cloudProvider }).toEqual({ cloudProvider: undefined, ...recorded });
    expect(outs.given).not.toContain("cloudProvider");
  });

  it("by the argument looks at its cloud, whatever the settings choose", async () => {
    choose("opentelekomcloud");
    expect(await looksAt(() => task.create({ ...ended(), cloudProvider: "huaweicloud" }))).toEqual(onlyHuawei);
    expect(await looksAt(() => barrier.create({ instanceId: otc.instanceId, cloudProvider: "huaweicloud" }))).toEqual(
      onlyHuawei,
    );
  });

  it("that the settings made impossible leaves it open, so that they decide once they are complete", async () => {
    const subject = ended();
    choose(undefined);
    const failure = await task.create(subject).catch((error: unknown) => error as { id: string; properties: object });
    expect(failure).toMatchObject({ properties: { cloudProvider: "undecided" } });
    choose("huaweicloud");
    const { id, properties } = failure as { id: string; properties: object };
    let outs = {};
    expect(
      await looksAt(async () => ({ outs } = (await task.update(id, properties, subject)) as { outs: object })),
    ).toEqual(onlyHuawei);
    expect(outs).toMatchObject({ cloudProvider: "huaweicloud", status: "SUCCESS" });
  });
});

describe("a wait that did not finish", () => {
  const unfinished = async (wait: Promise<unknown>) =>
    ((await wait.catch((error: unknown) => error)) as { properties: { cloudProvider?: string } }).properties;

  it("records the cloud that it asked, not that the settings decide", async () => {
    choose("huaweicloud");
    const subject = taskInBoth({ status: "EXECUTING" });
    expect(await unfinished(task.create({ ...subject, timeoutSeconds: 1 }))).toMatchObject({
      cloudProvider: "huaweicloud",
    });
  });

  it("keeps the recorded cloud if the settings have become impossible", async () => {
    const subject = taskInBoth({ status: "EXECUTING" });
    const olds = { ...subject, cloudProvider: "huaweicloud", status: "EXECUTING" } as const;
    for (const name of Object.keys({ ...huawei.huaweiEnv, ...otc.env })) {
      delete process.env[name];
    }
    const id = `kafka/-/${subject.instanceId}/${subject.taskId}`;
    expect(await unfinished(task.update(id, olds, subject))).toMatchObject({ cloudProvider: "huaweicloud" });
  });
});

describe("settings that name the other cloud by now", () => {
  const id = (subject: { taskId: string; instanceId: string }) => `kafka/-/${subject.instanceId}/${subject.taskId}`;

  it.each<[string, { cloudProvider?: CloudProvider }, string, object]>([
    ["of a state without a cloud, which is Open Telekom Cloud's", {}, "huaweicloud", onlyOtc],
    ["of Huawei Cloud", { cloudProvider: "huaweicloud" }, "opentelekomcloud", onlyHuawei],
  ])("leave a resource %s where it is", async (_what, recorded, other, expected) => {
    choose(other);
    const subject = inProgress();
    const olds = { ...subject, ...recorded, given: ["instanceId", "taskId"], status: "EXECUTING" };
    expect((await task.diff(id(subject), { ...olds, status: "SUCCESS" }, subject)).changes).toBe(false);
    expect((await task.diff(id(subject), olds, subject)).replaces).toEqual([]);
    expect(await looksAt(() => task.read(id(subject), olds))).toEqual(expected);
    expect(await looksAt(() => task.update(id(subject), olds, subject))).toEqual(expected);
    await expect(task.update(id(subject), olds, subject)).resolves.toMatchObject({
      outs: recorded,
    });
    const deleted = { ...olds, status: "SUCCESS" };
    const deletes = () => [otc, huawei].map((cloud) => cloud.counts()["deleteTask"] ?? 0);
    const before = deletes();
    await deletion.delete(id(subject), deleted);
    expect(deletes().map((count, i) => count > before[i]!)).toEqual(Object.values(expected));
  });

  it("leave a state of an earlier release unchanged, which has no list of the given arguments", async () => {
    choose("huaweicloud");
    const subject = ended();
    expect(await task.diff(id(subject), { ...subject, status: "SUCCESS" }, subject)).toMatchObject({ changes: false });
  });

  it("name their own cloud's settings in the error, if those of the recorded one are gone", async () => {
    choose("opentelekomcloud");
    const subject = inProgress();
    for (const name of Object.keys(huawei.huaweiEnv)) {
      delete process.env[name];
    }
    const olds = { ...subject, cloudProvider: "huaweicloud", status: "EXECUTING" } as const;
    for (const name of Object.keys(otc.env)) {
      delete process.env[name];
    }
    await expect(task.read(id(subject), olds)).rejects.toThrow(/no credentials are set: .*huaweicloud:token/);
  });
});

describe("the argument cloudProvider", () => {
  const subject = { instanceId: "i", taskId: "t" };
  const recorded = { ...subject, status: "SUCCESS" };

  it.each<[string, object, object, string[]]>([
    ["names another cloud: a replacement", recorded, { cloudProvider: "huaweicloud" }, ["cloudProvider"]],
    ["names the recorded one: no change", recorded, { cloudProvider: "opentelekomcloud" }, []],
    [
      "names the recorded one: no change",
      { ...recorded, cloudProvider: "huaweicloud" },
      { cloudProvider: "huaweicloud" },
      [],
    ],
    [
      "is removed, and the settings name another",
      { ...recorded, cloudProvider: "huaweicloud", given: ["cloudProvider", "instanceId", "taskId"] },
      {},
      ["cloudProvider"],
    ],
    [
      "is removed, and the settings name the same",
      { ...recorded, cloudProvider: "opentelekomcloud", given: ["cloudProvider", "instanceId", "taskId"] },
      {},
      [],
    ],
  ])("%s", async (_what, olds, change, replaces) => {
    choose("opentelekomcloud");
    const { changes, replaces: found } = await task.diff("id", olds, { ...subject, ...change });
    // The engine itself compares the inputs of a replacement.
    expect({ changes, found }).toEqual({ changes: replaces.length > 0 ? undefined : false, found: replaces });
  });
});

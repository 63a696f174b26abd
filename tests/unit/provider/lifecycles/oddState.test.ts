import { type Emulator, startEmulator } from "../../../../emulator";
import { diff as diffBarrier, update as updateBarrier } from "../../../../provider/lifecycles/barrierLifecycle";
import { check as checkSearch } from "../../../../provider/lifecycles/searchLifecycle";
import { formatSearchId } from "../../../../provider/lifecycles/resourceId";
import { diff, read } from "../../../../provider/lifecycles/taskLifecycle";

let emulator: Emulator;
const environment = { ...process.env };
beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
});
afterAll(async () => {
  process.env = environment;
  await emulator.close();
});

describe("a task that was never seen and is not there", () => {
  const id = () => `kafka/-/${emulator.instanceId}/8abfa7b272adc5b40172b73130065ae7`;

  it("does not fail a refresh, which keeps what is recorded", async () => {
    const props = { instanceId: emulator.instanceId, taskId: "8abfa7b272adc5b40172b73130065ae7", given: ["taskId"] };
    await expect(read(id(), props)).resolves.toEqual({ id: id(), props });
  });

  it("is an error of BackgroundTask.get, which has nothing but the id", async () => {
    await expect(read(id(), {})).rejects.toThrow(/^background task 8abfa7b2\w+ of instance [\w-]+ was not found/);
  });
});

it("a service in a state that there is not is no success, and no error of the language", async () => {
  const inputs = { instanceId: "instance", taskId: "task" };
  for (const service of ["other", "toString", "__proto__"]) {
    const olds = { ...inputs, status: "SUCCESS", service: service as "kafka" };
    await expect(diff("id", olds, { ...inputs, service: service as "kafka" })).resolves.toMatchObject({
      changes: true,
    });
    await expect(read(`${service}/p/i/t`, olds)).rejects.toThrow(/^the id of a BackgroundTask must be/);
  }
});

it.each([["a word"], [5], [{}], [[null]], [["a word"]]])(
  "a barrier that recorded %j in place of its tasks waits again, without an error of the language",
  async (tasks) => {
    const inputs = { instanceId: emulator.addInstance(), quietSeconds: 0 };
    const olds = { ...inputs, isQuiet: true, failOnError: false, tasks: tasks as [] };
    await expect(diffBarrier("id", olds, inputs)).resolves.toMatchObject({ changes: true });
    const sent = emulator.counts().listTasks ?? 0;
    await expect(updateBarrier("id", olds, inputs)).resolves.toMatchObject({ outs: { isQuiet: true, tasks: [] } });
    expect(emulator.counts().listTasks).toBe(sent + 1);
  },
);

it.each(["..", "a/b", "", 5])("an id %j that a barrier recorded is sent nowhere", async (taskId) => {
  const inputs = { instanceId: emulator.instanceId, quietSeconds: 0 };
  const tasks = [{ taskId: taskId as string, instanceId: emulator.instanceId, service: "kafka" as const }];
  const sent = emulator.requests().length;
  await expect(updateBarrier("id", { ...inputs, isQuiet: false, tasks }, inputs)).rejects.toMatchObject({
    reasons: [expect.stringMatching(/^an id in the state must .*: nothing was sent\.$/)],
  });
  expect(emulator.requests()).toHaveLength(sent);
});

describe("half a character in a name", () => {
  it("is refused by the check", async () => {
    const { failures } = await checkSearch({}, { instanceId: "instance", name: "a\ud800" });
    expect(failures).toEqual([{ property: "name", reason: 'name must be valid Unicode, but is "a\\ud800"' }]);
    expect((await checkSearch({}, { instanceId: "instance", name: "a😀" })).failures).toEqual([]);
  });

  it("does not keep an id from being made", () => {
    expect(formatSearchId({ service: "kafka", instanceId: "i", name: "a\ud800" })).toBe("kafka/-/i/name/a%EF%BF%BD");
  });
});

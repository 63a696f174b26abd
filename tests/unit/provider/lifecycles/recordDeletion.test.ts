import { type Emulator, startEmulator } from "../../../../emulator";
import * as deleting from "../../../../provider/lifecycles/recordDeletion";

let emulator: Emulator;
const environment = { ...process.env };
beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env, { OS_DCS_ENDPOINT_OVERRIDE: emulator.url });
});
afterAll(async () => {
  process.env = environment;
  await emulator.close();
});

const deletions = () => emulator.requests().filter(({ method }) => method === "DELETE").length;
let instanceId: string;
let taskId: string;
beforeEach(() => {
  instanceId = emulator.addInstance({ engine: "dcs" });
  taskId = emulator.addTask({ name: "resize", instanceId, progress: [{ status: "SUCCESS" }] }).taskId;
});
const sentFor = async (operation: Promise<unknown>) => {
  const before = deletions();
  await operation;
  return deletions() - before;
};
const ended = () => ({ status: "SUCCESS", service: "dcs" as const, taskId, instanceId });

describe("the record of a destroyed resource", () => {
  it("is deleted by the task's own id where a job's was given", async () => {
    expect(await sentFor(deleting.delete(`dcs/-/${instanceId}/job`, ended()))).toBe(1);
    expect(emulator.tasks().map((task) => task.taskId)).not.toContain(taskId);
  });

  it.each([
    ["its own id", () => taskId, () => "job-1"],
    ["the id of its job, by which it was named before", () => "job-2", () => "job-2"],
  ])("stays while a replacement names it by %s", async (_by, named, before) => {
    await deleting.check({}, { service: "dcs", instanceId, taskId: named() });
    const props = { ...ended(), jobId: before() };
    expect(await sentFor(deleting.delete(`dcs/p1/${instanceId}/${before()}`, props))).toBe(0);
  });

  it("stays while a replacement names it by its job's id, where its own was given before", async () => {
    await deleting.check({}, { service: "dcs", instanceId, taskId: "job-3" });
    const props = { ...ended(), jobId: "job-3" };
    expect(await sentFor(deleting.delete(`dcs/p1/${instanceId}/${taskId}`, props))).toBe(0);
  });
});

describe("an id in a state that would lead to another path", () => {
  it.each<[string, (id: string) => string, object]>([
    ["the recorded task's", (id) => `dcs/p1/${id}/task`, { taskId: ".." }],
    ["the task's in the resource's id", (id) => `dcs/p1/${id}/..`, { taskId: undefined }],
    ["the instance's in the resource's id", () => "dcs/p1/../task", {}],
    ["the recorded project's", (id) => `dcs/p1/${id}/task`, { projectId: ".." }],
    ["one that is no string", (id) => `dcs/p1/${id}/task`, { taskId: { toString: ".." } }],
  ])("keeps a record from being deleted: %s", async (_what, idOf, changes) => {
    const refused = deleting.delete(idOf(instanceId), { ...ended(), ...changes });
    expect(
      await sentFor(
        expect(refused).rejects.toThrow(/^an id in .* must (consist of letters|be a string).* nothing was sent/),
      ),
    ).toBe(0);
  });

  it.each([
    ["kafka/p1/i/..", {}],
    ["kafka/p1/../task", {}],
    ["kafka/../i/task", {}],
    ["kafka/p1/i/task", { projectId: ".." }],
  ])("keeps a task from being read: %s %j", async (id, props) => {
    await expect(deleting.read(id, props)).rejects.toThrow(/^an id in .* nothing was sent/);
  });
});

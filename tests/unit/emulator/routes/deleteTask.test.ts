import { instancePath, logIn } from "../logIn";
import type { FetchJson, JsonReply } from "../logIn";
import { useEmulator } from "../runningEmulator";

const { emulator } = useEmulator();
let fetchJson: FetchJson;
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
});

function remove(taskId: string): Promise<JsonReply> {
  return fetchJson("DELETE", `${instancePath(emulator())}/tasks/${taskId}`);
}

test.each(["SUCCESS", "FAILED", "CANCELLED"])("the record of a task in %s is deleted, once", async (status) => {
  const { taskId } = emulator().addTask({ name: "restart", progress: [{ status }] });
  expect(await remove(taskId)).toMatchObject({ status: 204, body: undefined });
  expect(emulator().tasks().map((task) => task.taskId)).toEqual([emulator().taskId]); // prettier-ignore
  expect(emulator().events().at(-1)).toMatchObject({ kind: "taskRemoved", taskId, status });
  expect(await remove(taskId)).toMatchObject({ status: 404, body: { error_code: "DMS.00404099" } });
  expect(emulator().counts()).toMatchObject({ deleteTask: 2 });
});

test.each(["CREATED", "EXECUTING"])("the record of a task in %s stays", async (status) => {
  const { taskId } = emulator().addTask({ name: "restart", progress: [{ status }] });
  expect(await remove(taskId)).toMatchObject({ status: 400, body: { error_code: "DMS.00400026" } });
  expect(emulator().tasks()).toHaveLength(2);
});

test.each([
  [200, 404, "DMS.00404099"],
  [404, 404, "DMS.00404099"],
  [400, 400, "DMS.00400070"],
] as const)("with unknown tasks answered by %d, deleting one gives %d", async (unknownTask, status, code) => {
  emulator().configure({ unknownTask });
  expect(await remove("0".repeat(32))).toMatchObject({ status, body: { error_code: code } });
});

test("a malformed id, and a task of another instance, are refused", async () => {
  expect(await remove("7")).toMatchObject({ status: 400, body: { error_code: "DMS.00400070" } });
  const instanceId = emulator().addInstance();
  const { taskId } = emulator().addTask({ name: "restart", instanceId, progress: [{ status: "SUCCESS" }] });
  expect(await remove(taskId)).toMatchObject({ status: 404 });
  expect(emulator().tasks()).toHaveLength(2);
});

test("a plan can stand in the way of a deletion", async () => {
  emulator().replyNext({ route: "deleteTask", status: 500 });
  expect(await remove(emulator().taskId)).toMatchObject({ status: 500 });
  expect(await remove(emulator().taskId)).toMatchObject({ status: 204 });
});

import type { Emulator } from "../../../../emulator";
import { getBackgroundTask } from "../../../../provider/functions/getBackgroundTask";
import { getQuietInstance } from "../../../../provider/functions/getQuietInstance";
import { endCloud, startCloud } from "../programsCloud";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startCloud();
});
afterEach(endCloud);

const createdAfter = new Date(0);

describe("the error about a failed task says how to wait again, and names no triggers", () => {
  it.each<[string, (place: { instanceId: string }, taskId: string) => Promise<unknown>, string]>([
    [
      "getBackgroundTask by id",
      (place, taskId) => getBackgroundTask({ ...place, taskId }),
      "wait again with the id of the new task.",
    ],
    [
      "getBackgroundTask by name",
      (place) => getBackgroundTask({ ...place, name: "restart", createdAfter }),
      "wait again: the newest task of the name counts.",
    ],
    [
      "getQuietInstance",
      (place) => getQuietInstance({ ...place, expect: ["restart"], createdAfter, quietSeconds: 0 }),
      "wait again; if createdAfter is set, set it to a time just before that.",
    ],
  ])("%s", async (_name, call, advice) => {
    const { instanceId, addTask } = emulator;
    const { taskId } = addTask({ name: "restart", progress: [{ status: "FAILED" }] });
    const error = await call({ instanceId }, taskId).catch((error: unknown) => error as Error);
    expect((error as Error).message).toContain(`After you have repeated the operation, ${advice}`);
    expect((error as Error).message).not.toContain("triggers");
  });
});

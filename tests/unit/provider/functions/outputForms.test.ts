import * as pulumi from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../../../emulator";
import { getBackgroundTaskOutput } from "../../../../provider/functions/getBackgroundTask";
import { getBackgroundTasksOutput } from "../../../../provider/functions/getBackgroundTasks";

const valueOf = <T>(output: pulumi.Output<T>) => new Promise((resolve) => output.apply(resolve));

let emulator: Emulator;
const given = { ...process.env };
beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
});
afterAll(async () => {
  process.env = given;
  await emulator.close();
});

describe("the Output forms", () => {
  it("take a Date as it is, among Inputs", async () => {
    const at = (ageMs: number) => new Date(emulator.now() - ageMs);
    const add = (ageMs: number) =>
      emulator.addTask({ name: "restart", createdAt: at(ageMs).toISOString(), progress: [{ status: "SUCCESS" }] })
        .taskId;
    add(20_000);
    const taskId = add(10_000);
    const args = { instanceId: pulumi.output(emulator.instanceId), name: "restart", createdAfter: at(15_000) };
    await expect(valueOf(getBackgroundTaskOutput(args))).resolves.toMatchObject({ taskId, status: "SUCCESS" });
    await expect(valueOf(getBackgroundTasksOutput(args))).resolves.toMatchObject([{ taskId }]);
  });
});

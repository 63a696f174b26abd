import * as pulumi from "@pulumi/pulumi";
import type { Emulator } from "../../../../emulator";
import { getBackgroundTask } from "../../../../provider/functions/getBackgroundTask";
import { getBackgroundTasks } from "../../../../provider/functions/getBackgroundTasks";
import { getQuietInstance } from "../../../../provider/functions/getQuietInstance";
import { SettingsError, WaitTimedOutError } from "../../../../provider/task/errors";
import { endCloud, startCloud } from "../programsCloud";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startCloud();
});
afterEach(async () => {
  pulumi.runtime.setAllConfig({});
  await endCloud();
});

const setTimeoutSeconds = (text: string) => pulumi.runtime.setConfig("otc-background-task:timeoutSeconds", text);
const running = () => emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] }).taskId;

describe("the stack's timeoutSeconds", () => {
  it("is the timeout of a function that sets none", async () => {
    setTimeoutSeconds("0.5");
    const { instanceId } = emulator;
    await expect(getBackgroundTask({ instanceId, taskId: running() })).rejects.toThrow(WaitTimedOutError);
  });

  it("does not apply to a function that sets its own", async () => {
    setTimeoutSeconds("0.001");
    const { instanceId, taskId } = emulator;
    expect(await getBackgroundTask({ instanceId, taskId, timeoutSeconds: 20 })).toMatchObject({ status: "SUCCESS" });
  });

  it("fails every function if it is malformed, before anything is sent", async () => {
    setTimeoutSeconds("soon");
    const { instanceId, taskId } = emulator;
    const calls = [
      getBackgroundTask({ instanceId, taskId, timeoutSeconds: 5 }),
      getBackgroundTasks({ instanceId }),
      getQuietInstance({ instanceId }),
    ];
    const errors = await Promise.all(calls.map((call) => (call as Promise<unknown>).catch((error: unknown) => error)));
    for (const error of errors) {
      expect(error).toBeInstanceOf(SettingsError);
      expect((error as Error).message).toBe(
        "otc-background-task:timeoutSeconds in the Pulumi configuration must be a number of seconds over 0, and no more " +
          'than 86400, but is "soon".',
      );
    }
    expect(emulator.requests()).toEqual([]);
  });
});

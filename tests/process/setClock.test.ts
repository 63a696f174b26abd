import { withProvider } from "../../faults/clocks/clockedProvider";
import { checkInputs, searchProviderText, waitByCreate } from "../../faults/waits/resourceWait";
import { startEmulator } from "../../emulator";
import { machineUptimeMs } from "../../provider/clock/clock";

// Starting a process takes seconds where the machine is busy.
jest.setTimeout(60_000);

// The clock of the program and of the provider process is wrong when the update starts, and set right before the first look.

const name = "bindInstancePublicIp";

describe.each([
  ["ten minutes slow", -600],
  ["ten minutes fast", 600],
])("a search by name, after a clock that was %s is set right amid the update,", (_what, aheadSeconds) => {
  it.each([
    ["before the provider process starts", true],
    ["between the check and the search", false],
  ])("finds the run of the update and no older one: %s", async (_when, isSetBefore) => {
    const emulator = await startEmulator();
    try {
      await withProvider(emulator.env, async (clock, start) => {
        clock.set(aheadSeconds);
        const program = { startedAtMs: clock.nowMs(), startedAtUptimeMs: machineUptimeMs() };
        const older = emulator.addTask({ name, createdAt: new Date(emulator.now() - 60_000).toISOString() });
        if (isSetBefore) clock.set(0);
        const provider = await start();
        const given = {
          __provider: searchProviderText,
          instanceId: emulator.instanceId,
          name,
          appearTimeoutSeconds: 1,
        };
        const inputs = await checkInputs(provider, { ...given, ...program });

        clock.set(0);

        const none = await waitByCreate(provider, inputs);
        expect(none.task).toBeUndefined();
        expect(none.error!.message).toContain(`The newest other is background task ${older.taskId}`);
        expect(none.error!.message).toContain("which is older");

        const { taskId } = emulator.addTask({ name });
        expect((await waitByCreate(provider, inputs)).task).toMatchObject({ taskId });
      });
    } finally {
      await emulator.close();
    }
  });
});

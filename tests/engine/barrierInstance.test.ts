import type { Emulator } from "../../emulator";
import { runs } from "../repetitions";
import { logIn } from "../unit/emulator/logIn";
import { barrierProgram as files } from "./barrierProgram";
import { inScenario, succeeded } from "./scenario";

jest.setTimeout(120_000 + 60_000 * runs.length);

const lagSeconds = 10;

/** Calls the service as another user's tool would. */
async function operate(emulator: Emulator, method: string, path: string, body: unknown): Promise<number> {
  const { fetchJson } = await logIn(emulator);
  return (await fetchJson(method, `/v2/${emulator.projectId}/instances${path}`, body)).status;
}

describe("a barrier on an instance whose status lags its last task by ten seconds", () => {
  it("ends after it, each time: the instance accepts the next operation", async () => {
    // By looks: the barrier sees the task in progress, however long the engine takes to start.
    const restart = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }];
    const emulator = { statusLagSeconds: lagSeconds, operations: { restartInstance: restart } };
    await inScenario({ files, emulator }, async ({ emulator, stack, createdAtMs, endedAtMs }) => {
      for (const run of runs) {
        emulator.reset();
        await stack.setConfig("program:run", String(run));
        await stack.setConfig("program:args", JSON.stringify({ triggers: [run] }));
        const restart = { action: "restart", instances: [emulator.instanceId] };
        expect(await operate(emulator, "POST", "/action", restart)).toBe(200);
        const output = succeeded(await stack.up());
        expect(output).toContain("waiting for the instance to be RUNNING, its status is RESTARTING");
        const { taskId } = emulator.tasks().at(-1)!;
        expect(await stack.outputs()).toMatchObject({ tasks: [`${taskId} SUCCESS`] });
        expect(createdAtMs(`follower-${run}`)! - endedAtMs(taskId)!).toBeGreaterThanOrEqual(lagSeconds * 1000);
        // Where the default is acted on, it is not recorded.
        expect((await stack.exportState()).deployment.resources?.map(({ inputs }) => inputs?.["untilRunning"])).toEqual(
          expect.not.arrayContaining([true]),
        );
        const configs = { kafka_configs: [{ name: "message.max.bytes", value: "1048576" }] };
        expect(await operate(emulator, "PUT", `/${emulator.instanceId}/configs`, configs)).toBe(200);
      }
    });
  });
});

import { barrierProgram as files, firstLook } from "./barrierProgram";
import { failed, inScenario, succeeded } from "./scenario";

const args = (given: object) => JSON.stringify(given);

describe("a barrier", () => {
  it("lists every task that failed; they are recorded with failOnError: false, and toggling that sends nothing", async () => {
    await inScenario({ files }, async ({ emulator, stack, createdAtMs, resource }) => {
      emulator.addTask({ name: "older", progress: [{ status: "FAILED" }] });
      const names = ["bind", "resize", "restart"];
      const [bind, resize, restart] = names.map((name) => emulator.addTask({ name }).taskId);
      const up = stack.up();
      await firstLook(emulator);
      emulator.setTaskProgress(bind!, [{ status: "FAILED" }]);
      emulator.setTaskProgress(resize!, [{ status: "SUCCESS" }]);
      emulator.setTaskProgress(restart!, [{ status: "CANCELLED" }]);
      const output = failed(await up).replace(/\s+/g, " ");
      expect(output).toContain(
        `2 background tasks of instance ${emulator.instanceId} failed: restart (id ${restart}) CANCELLED, bind (id ${bind}) FAILED`,
      );
      expect(output).not.toContain("older");
      expect(createdAtMs("follower-")).toBeUndefined();

      // Another look shows the same failure, also after a refresh.
      succeeded(await stack.refresh());
      expect(failed(await stack.up())).toContain("2 background tasks of instance");

      const sent = emulator.requests().length;
      await stack.setConfig("program:args", args({ failOnError: false }));
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({
        tasks: [`${restart} CANCELLED`, `${resize} SUCCESS`, `${bind} FAILED`],
      });
      expect(createdAtMs("follower-")).toBeDefined();
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      await stack.removeConfig("program:args");
      expect(failed(await stack.up())).toContain("2 background tasks of instance");
      expect((await resource("settled"))!.outputs).toMatchObject({ isQuiet: true });
      await stack.setConfig("program:args", args({ failOnError: false }));
      succeeded(await stack.up());
      // Once what failed was mended at the service, by the sentence's advice: another wait.
      expect(emulator.requests().filter(({ route }) => route !== "unknown")).toHaveLength(sent);
      await stack.setConfig("program:args", args({ triggers: ["mended"] }));
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ tasks: [] });
    });
  });
});

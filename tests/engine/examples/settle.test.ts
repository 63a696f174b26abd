import { succeeded } from "../scenario";
import { sharedScenario } from "../sharedScenario";
import { expectPrinted, folderOf, sentByAnother, sentByDestroy, tasksOf } from "./exampleRun";

describe("the example settle", () => {
  const seenTwice = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }];

  describe("with barriers", () => {
    const operations = { extendInstance: seenTwice, kafkaConfigModify: seenTwice };
    let printed: string;
    const shared = sharedScenario(
      { programDir: folderOf("settle"), emulator: { operations } },
      async ({ stack }) => void (printed = succeeded(await stack.up())),
    );

    it("sends each operation when the one before has ended, and has nothing to do the second time", async () => {
      const scenario = shared();
      await expectPrinted("settle", printed);
      const [storage, retention, ...others] = tasksOf(scenario);
      expect([storage!.name, retention!.name, ...others]).toEqual(["extendInstance", "kafkaConfigModify"]);
      // It has been quiet for three seconds.
      expect(retention!.beganMs).toBeGreaterThanOrEqual(storage!.endedMs + 3000);

      expect(await sentByAnother(scenario)).toEqual([]);
    });

    it("waits again for what is in progress when an input has changed", async () => {
      const scenario = shared();
      const { emulator, stack } = scenario;
      emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 5 }] });
      await stack.setConfig("settle:gigabytes", "1200");
      await stack.setConfig("settle:hours", "336");
      const output = succeeded(await stack.up());
      expect(output).toMatch(/~ 2 updated/);
      expect(output).toMatch(/3 replaced/);
      expect(await stack.outputs()).toEqual({
        waitedFor: ["restart SUCCESS", "extendInstance SUCCESS", "kafkaConfigModify SUCCESS"],
      });
      const [restart, storage, retention] = tasksOf(scenario).slice(2);
      expect(storage!.beganMs).toBeGreaterThanOrEqual(restart!.endedMs);
      expect(retention!.beganMs).toBeGreaterThanOrEqual(storage!.endedMs);

      // Only around the operation whose input it is.
      await stack.setConfig("settle:hours", "720");
      const second = succeeded(await stack.up());
      expect(second).toMatch(/~ 1 updated/);
      expect(second).toMatch(/2 replaced/);
      const sentLast = tasksOf(scenario).slice(5);
      expect(sentLast.map((task) => task.name)).toEqual(["kafkaConfigModify"]);

      expect(await sentByDestroy(scenario)).toEqual([]);
    });
  });
});

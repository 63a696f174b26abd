import { inScenario, succeeded } from "../scenario";
import { expectPrinted, folderOf, sentByAnother, sentByDestroy, tasksOf } from "./exampleRun";

describe("the example reassign-partitions", () => {
  it("moves the second topic after the first, has nothing to do the second time, and waits again for other brokers", async () => {
    const operations = { reassignPartitions: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }] };
    await inScenario({ programDir: folderOf("reassign-partitions"), emulator: { operations } }, async (scenario) => {
      const { stack, resource } = scenario;
      await expectPrinted("reassign-partitions", succeeded(await stack.up()));
      const [orders, payments, ...others] = tasksOf(scenario);
      expect(others).toEqual([]);
      expect(payments!.beganMs).toBeGreaterThanOrEqual(orders!.endedMs);
      const jobId = (await resource("payments"))?.outputs?.["jobId"];
      expect((await resource("payments-moved"))?.outputs).toMatchObject({ taskId: jobId, status: "SUCCESS" });
      expect(await sentByAnother(scenario)).toEqual([]);

      await stack.setConfig("reassign-partitions:brokers", "[3, 4, 5]");
      expect(succeeded(await stack.up())).toMatch(/4 replaced/);
      const [ordersAgain, paymentsAgain] = tasksOf(scenario).slice(2);
      expect(paymentsAgain!.beganMs).toBeGreaterThanOrEqual(ordersAgain!.endedMs);
      expect(await sentByDestroy(scenario)).toEqual([]);
    });
  });
});

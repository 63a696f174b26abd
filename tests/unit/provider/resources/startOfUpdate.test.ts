import * as pulumi from "@pulumi/pulumi";
import { machineUptimeMs } from "../../../../provider/clock/clock";
import { startOfUpdate } from "../../../../provider/resources/startOfUpdate";

const mocks: pulumi.runtime.Mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };

afterEach(() => jest.restoreAllMocks());

describe("the start of an update", () => {
  it("is the process's where the CLI runs the program", () => {
    const argv = process.argv;
    process.argv = [argv[0]!, "/program/node_modules/@pulumi/pulumi/cmd/run/index.js"];
    try {
      const { startedAtMs, startedAtUptimeMs } = startOfUpdate();
      expect(startedAtMs).toBe(Math.floor(performance.timeOrigin));
      const elapsedMs = machineUptimeMs() - startedAtUptimeMs;
      expect(Math.abs(elapsedMs - performance.now())).toBeLessThan(100);
    } finally {
      process.argv = argv;
    }
  });

  it("is the first resource's in an inline program, anew for each update of one process", async () => {
    const now = jest.spyOn(Date, "now");
    await pulumi.runtime.setMocks(mocks);
    now.mockReturnValue(1000);
    expect(startOfUpdate().startedAtMs).toBe(1000);
    now.mockReturnValue(2000);
    expect(startOfUpdate().startedAtMs).toBe(1000);
    await pulumi.runtime.setMocks(mocks);
    expect(startOfUpdate().startedAtMs).toBe(2000);
  });
});

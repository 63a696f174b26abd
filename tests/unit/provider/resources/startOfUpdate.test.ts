import * as pulumi from "@pulumi/pulumi";
import { startOfUpdate } from "../../../../provider/resources/startOfUpdate";

const mocks: pulumi.runtime.Mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };

afterEach(() => jest.restoreAllMocks());

describe("the start of an update", () => {
  it("is the process's where the CLI runs the program", () => {
    const argv = process.argv;
    process.argv = [argv[0]!, "/program/node_modules/@pulumi/pulumi/cmd/run/index.js"];
    try {
      expect(startOfUpdate()).toBe(Math.floor(performance.timeOrigin));
    } finally {
      process.argv = argv;
    }
  });

  it("is the first resource's in an inline program, anew for each update of one process", async () => {
    const now = jest.spyOn(Date, "now");
    await pulumi.runtime.setMocks(mocks);
    now.mockReturnValue(1000);
    expect(startOfUpdate()).toBe(1000);
    now.mockReturnValue(2000);
    expect(startOfUpdate()).toBe(1000);
    await pulumi.runtime.setMocks(mocks);
    expect(startOfUpdate()).toBe(2000);
  });
});

import * as pulumi from "@pulumi/pulumi";
import { QuietInstance } from "../../../../provider/resources/quietInstance";
import { getBackgroundTasks, getBackgroundTasksOutput } from "../../../../provider/functions/getBackgroundTasks";
import { getQuietInstance, getQuietInstanceOutput } from "../../../../provider/functions/getQuietInstance";

const tasks = [{ taskId: "task", instanceId: "instance", status: "SUCCESS" }];
const calls: pulumi.runtime.MockCallArgs[] = [];
const resources: pulumi.runtime.MockResourceArgs[] = [];

beforeAll(() =>
  pulumi.runtime.setMocks({
    call: (args) => {
      calls.push(args);
      return { tasks };
    },
    newResource: (args) => {
      resources.push(args);
      return { id: "id", state: { ...(args.inputs as object), tasks } };
    },
  }),
);
beforeEach(() => calls.splice(0));

const valueOf = <T>(output: pulumi.Output<T>) => new Promise((resolve) => output.apply(resolve));

describe("in a user's unit test", () => {
  const args = { instanceId: "instance", createdAfter: new Date(0) };
  const expected = { instanceId: "instance", createdAfter: "1970-01-01T00:00:00.000Z" };

  it("the mocks answer for the list, and nothing is sent", async () => {
    await expect(getBackgroundTasks(args)).resolves.toEqual(tasks);
    expect(calls).toMatchObject([{ token: "otc:index:getBackgroundTasks", inputs: expected }]);
  });

  it("they do for its Output form", async () => {
    await expect(valueOf(getBackgroundTasksOutput(args))).resolves.toEqual(tasks);
    expect(calls).toMatchObject([{ token: "otc:index:getBackgroundTasks", inputs: expected }]);
  });

  it("they do for a wait for a quiet instance", async () => {
    await expect(getQuietInstance({ ...args, expect: ["restart"] })).resolves.toEqual(tasks);
    await expect(valueOf(getQuietInstanceOutput({ ...args, expect: ["restart"] }))).resolves.toEqual(tasks);
    const call = { token: "otc:index:getQuietInstance", inputs: { ...expected, expect: ["restart"] } };
    expect(calls).toMatchObject([call, call]);
  });

  it("they do for its resource, whose times are text and whose inputs are JSON", async () => {
    const barrier = new QuietInstance("quiet", {
      instanceId: "instance",
      createdAfter: new Date(0),
      triggers: [[1]],
    });
    await expect(valueOf(barrier.tasks)).resolves.toEqual(tasks);
    expect(resources).toMatchObject([
      {
        type: "pulumi-nodejs:dynamic/otc:QuietInstance",
        inputs: { instanceId: "instance", createdAfter: expected.createdAfter, triggers: [[1]] },
      },
    ]);
    expect(() => new QuietInstance("wrong", { instanceId: "i", triggers: [new Map()] })).toThrow(/triggers/);
  });

  it("wrong arguments and options are refused anyway", async () => {
    await expect(getBackgroundTasks({ instanceId: "" })).rejects.toThrow(
      "getBackgroundTasks: instanceId must not be empty.",
    );
    await expect(getBackgroundTasks({ instanceId: "i" }, { async: true } as object)).rejects.toThrow(
      'unknown option "async"',
    );
    expect(() => getBackgroundTasksOutput({ instanceId: "i" }, { async: true } as object)).toThrow(
      'unknown option "async"',
    );
    await expect(getQuietInstance({ instanceId: "i", wait: true } as never)).rejects.toThrow(
      'getQuietInstance: unknown argument "wait"',
    );
    expect(calls).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { startEmulator } from "../../emulator";
import { HermeticStack } from "../../engine/hermeticStack";
import { succeeded } from "./scenario";
import { resolutions, UserFolder } from "./userFolder";

let user: UserFolder;

beforeAll(() => {
  user = new UserFolder();
  user.install({ name: "user", private: true }, ["@pulumi/pulumi", "jest", "typescript", "@types/node"]);
});

afterAll(() => user.remove());

describe("the packed package", () => {
  it("holds what is built and nothing else, and depends on little", () => {
    const installed = path.join(user.path, "node_modules", "pulumi-otc-background-task");
    expect(readdirSync(installed).sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "bin", "package.json"]);
    const { dependencies } = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8")) as {
      dependencies: object;
    };
    expect(Object.keys(dependencies)).toEqual(["axios", "proxy-from-env", "yaml", "zod"]);
  });

  it("works in a user's Jest with its default configuration: with mocks, and with a wait on the emulator", () => {
    user.write(
      "mocks.test.js",
      `
      const pulumi = require("@pulumi/pulumi");
      const called = [];
      pulumi.runtime.setMocks({
        call: ({ token, inputs }) => { called.push(token); return { ...inputs, status: "SUCCESS" }; },
        newResource: ({ type, inputs }) => { called.push(type); return { id: "id", state: { ...inputs, status: "SUCCESS" } }; },
      });
      const { BackgroundTask, getBackgroundTask, getBackgroundTaskOutput } = require("pulumi-otc-background-task");
      const args = { instanceId: "instance", taskId: "task" };
      const valueOf = (output) => new Promise((resolve) => output.apply(resolve));
      test("mocks answer, and nothing is sent", async () => {
        expect((await getBackgroundTask(args)).status).toBe("SUCCESS");
        expect(await valueOf(getBackgroundTaskOutput(args).status)).toBe("SUCCESS");
        expect(await valueOf(new BackgroundTask("task", args).status)).toBe("SUCCESS");
        expect(called).toEqual([
          "otc:index:getBackgroundTask", "otc:index:getBackgroundTask", "pulumi-nodejs:dynamic/otc:BackgroundTask",
        ]);
      });
      `,
    );
    user.write(
      "emulator.test.js",
      `
      const { startEmulator } = require("pulumi-otc-background-task/emulator");
      const { getBackgroundTask, TaskFailedError } = require("pulumi-otc-background-task");
      let emulator;
      beforeAll(async () => {
        emulator = await startEmulator();
        Object.assign(process.env, emulator.env);
      });
      afterAll(() => emulator.close());
      test("a real wait, through a fault", async () => {
        emulator.replyNext({ route: "listTasks", status: 503 });
        emulator.replyNext({ route: "showTask", status: 503 });
        const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 2 }] });
        const task = await getBackgroundTask({ instanceId: emulator.instanceId, taskId });
        expect(task.status).toBe("SUCCESS");
        expect([emulator.counts().listTasks, emulator.counts().showTask]).toEqual([1, 4]);
      });
      test("a task that failed", async () => {
        const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
        await expect(getBackgroundTask({ instanceId: emulator.instanceId, taskId })).rejects.toThrow(TaskFailedError);
      });
      `,
    );
    // Exits by itself: an open handle would keep it, and the test would time out.
    user.run("npx", ["jest"]);
  });

  it.each(resolutions)("has declarations that TypeScript %s", (_, resolution) => {
    user.write(
      "types/index.ts",
      `
      import { BackgroundTask, getBackgroundTask, getBackgroundTaskOutput } from "pulumi-otc-background-task";
      import { startEmulator } from "pulumi-otc-background-task/emulator";
      const task = new BackgroundTask("task", { instanceId: "i", taskId: "t", triggers: [1, { a: "b" }] });
      getBackgroundTaskOutput({ instanceId: "i", taskId: task.taskId }, { dependsOn: [task] }).status.apply((status) => status);
      export const address: Promise<string> = getBackgroundTask({ instanceId: "i", taskId: "t" }).then((t) => t.parameters!.address);
      export const url: Promise<string> = startEmulator({ port: 0 }).then((emulator) => emulator.url);
      `,
    );
    user.checkTypes("types/index.ts", resolution);
  });

  it("can be imported by an ES module", () => {
    user.write(
      "esm.mjs",
      `
      import { BackgroundTask, getBackgroundTask, TaskFailedError } from "pulumi-otc-background-task";
      import { startEmulator } from "pulumi-otc-background-task/emulator";
      for (const name of [BackgroundTask, getBackgroundTask, TaskFailedError, startEmulator]) if (typeof name !== "function") throw name;
      `,
    );
    user.run(process.execPath, ["esm.mjs"]);
  });

  it("waits in a real update", async () => {
    const emulator = await startEmulator();
    const { taskId } = emulator.addTask({
      name: "restart",
      progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 2 }],
    });
    user.write("Pulumi.yaml", "name: user\nruntime: nodejs\nmain: program.js\n");
    user.write(
      "program.js",
      `
      const { BackgroundTask } = require("pulumi-otc-background-task");
      exports.status = new BackgroundTask("task", { instanceId: process.env.OTC_INSTANCE_ID, taskId: ${JSON.stringify(taskId)} }).status;
      `,
    );
    const stack = await HermeticStack.create({ programDir: user.path, inPlace: true, env: emulator.env });
    try {
      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({ status: "SUCCESS" });
      succeeded(await stack.destroy());
    } finally {
      await stack.dispose();
      await emulator.close();
    }
  });
});

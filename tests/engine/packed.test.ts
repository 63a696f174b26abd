import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { startEmulator } from "../../emulator";
import { HermeticStack } from "../../engine/hermeticStack";
import { failed, program, succeeded } from "./scenario";
import { resolutions, UserFolder } from "./userFolder";

// A folder of a user's, outside the repository, with only the packed package installed, and what users have beside it.
let user: UserFolder;

beforeAll(() => {
  user = new UserFolder();
  // As a policy pack's has to be, which it becomes below.
  const manifest = { name: "user", version: "1.0.0", private: true, main: "index.ts" };
  user.install(manifest, ["@pulumi/pulumi", "jest", "typescript", "@types/node"]);
});

afterAll(() => user.remove());

describe("the packed package", () => {
  it("holds what is built and nothing else, and depends on little", () => {
    const installed = path.join(user.path, "node_modules", "pulumi-otc-background-task");
    expect(readdirSync(installed).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "bin",
      "package.json",
    ]);
    const { dependencies } = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8")) as {
      dependencies: object;
    };
    expect(Object.keys(dependencies)).toEqual(["axios", "yaml", "zod"]);
  });

  it("brings the command", () => {
    user.run("npx", ["pulumi-otc-background-task", "emulator", "--help"]);
    user.run("npx", ["pulumi-otc-background-task", "--version"]);
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

  it("is left out of serialized functions, with what it depends on", () => {
    // From this file of npm's the SDK would read of each package only what npm needs, which its mark is not.
    rmSync(path.join(user.path, "node_modules", ".package-lock.json"));
    user.write(
      "codePaths.js",
      `
      require("@pulumi/pulumi").runtime.computeCodePaths().then((paths) => console.log(JSON.stringify([...paths.keys()])));
      `,
    );
    const paths = JSON.parse(user.run(process.execPath, ["codePaths.js"])) as string[];
    // What the user depends on otherwise is needed when a function runs.
    expect(paths).toContain("node_modules/typescript");
    expect(paths.filter((found) => /\/(pulumi-otc-background-task|axios|@pulumi)\b/.test(found))).toEqual([]);
  });

  it("waits in a real update, without a plugin of its own", async () => {
    const emulator = await startEmulator();
    const { taskId } = emulator.addTask({
      name: "restart",
      progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 2 }],
    });
    user.write("Pulumi.yaml", "name: user\nruntime: nodejs\n");
    user.write(
      "index.ts",
      `
      import { BackgroundTask } from "pulumi-otc-background-task";
      export const { status } = new BackgroundTask("task", { instanceId: process.env.OTC_INSTANCE_ID!, taskId: ${JSON.stringify(taskId)} });
      `,
    );
    const stack = await HermeticStack.create({ programDir: user.path, inPlace: true, env: emulator.env });
    try {
      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({ status: "SUCCESS" });
      const { plugins } = JSON.parse((await stack.run(["about", "--json"])).stdout) as { plugins: { name: string }[] };
      expect(plugins.map(({ name }) => name)).toEqual(["nodejs"]);
      succeeded(await stack.destroy());
    } finally {
      await stack.dispose();
      await emulator.close();
    }
  });

  it("without @pulumi/policy loads, and its policy entry says in one sentence what to install", () => {
    user.write(
      "without.js",
      `
      require("pulumi-otc-background-task");
      try {
        require("pulumi-otc-background-task/policy");
      } catch (error) {
        console.log(error.message);
      }
      `,
    );
    expect(user.run(process.execPath, ["without.js"])).toBe(
      "pulumi-otc-background-task/policy needs the package @pulumi/policy, which is not installed: " +
        'run "npm install @pulumi/policy" in the policy pack\'s folder.\n',
    );
  });
});

describe("the packed package in a policy pack", () => {
  beforeAll(() => {
    user.add(["@pulumi/policy"]);
    user.write("PulumiPolicy.yaml", "runtime: nodejs\n");
  });

  it.each(resolutions)("has declarations that TypeScript %s", (_, resolution) => {
    user.write(
      "types/index.ts",
      `
      import { PolicyPack, StackValidationPolicy } from "@pulumi/policy";
      import { backgroundTaskSucceeded, BackgroundTaskPolicyPack, BackgroundTaskPolicyPackArgs } from "pulumi-otc-background-task/policy";
      const args: BackgroundTaskPolicyPackArgs = { all: "mandatory", boundedWait: { maxSeconds: 60, enforcementLevel: "advisory" } };
      export const rule: StackValidationPolicy = { ...backgroundTaskSucceeded, enforcementLevel: "advisory" };
      export const packs: (() => PolicyPack)[] = [
        () => new BackgroundTaskPolicyPack("name", args),
        () => new BackgroundTaskPolicyPack(args),
        () => new PolicyPack("own", { policies: [rule] }),
      ];
      `,
    );
    // The SDK's index names two things that its own declarations leave out.
    user.checkTypes("types/index.ts", resolution, /^node_modules\/@pulumi\/policy\/index\.d\.ts/);
  });

  it("can be imported by an ES module", () => {
    user.write(
      "esm.mjs",
      `
      import { backgroundTaskSucceeded, BackgroundTaskPolicyPack } from "pulumi-otc-background-task/policy";
      if (typeof BackgroundTaskPolicyPack !== "function" || !backgroundTaskSucceeded.validateStack) throw new Error("not there");
      `,
    );
    user.run(process.execPath, ["esm.mjs"]);
  });

  it("judges a real update by single rules in a pack of the user's own", async () => {
    user.write(
      "index.ts",
      `
      import { PolicyPack } from "@pulumi/policy";
      import { backgroundTaskSucceeded, boundedWait } from "pulumi-otc-background-task/policy";
      new PolicyPack("own", { policies: [backgroundTaskSucceeded, { ...boundedWait, enforcementLevel: "advisory" }] });
      `,
    );
    const emulator = await startEmulator();
    const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
    const files = program(
      `new BackgroundTask("restarted", { instanceId, taskId: ${JSON.stringify(taskId)}, failOnError: false, timeoutSeconds: 5 });`,
    );
    const stack = await HermeticStack.create({ files: { ...files, "follower.js": "" }, env: emulator.env });
    try {
      const output = failed(await stack.up({ args: await stack.policyPack({ inPlace: user.path }) }));
      expect(output).toContain("[mandatory]  background-task-succeeded");
      expect(output).toContain(`background task restart (id ${taskId}) of instance ${emulator.instanceId} ended with`);
      expect(output).toContain("[advisory]  bounded-wait");
    } finally {
      await stack.dispose();
      await emulator.close();
    }
  });
});

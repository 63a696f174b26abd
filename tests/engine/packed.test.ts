import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator } from "../../emulator";
import { HermeticStack } from "../../engine/hermeticStack";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { succeeded } from "./scenario";

// What users get: the packed file, installed in a folder outside the repository, with nothing of the repository's.

let folder: string;

const run = (command: string, args: string[], cwd = folder): string => {
  // Jest's own variables would tell the user's Jest, and npm, that they are part of this run.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|JEST_|NODE_ENV$|OS_)/.test(name)),
  );
  try {
    return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
};

const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

const ownVersion = (name: string): string =>
  (
    JSON.parse(readFileSync(path.join(repositoryRoot, "node_modules", name, "package.json"), "utf8")) as {
      version: string;
    }
  ).version;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "packed-"));
  run("npm", ["pack", "--pack-destination", folder], repositoryRoot);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  write("package.json", JSON.stringify({ name: "user", private: true }));
  const needed = ["@pulumi/pulumi", "jest", "typescript", "@types/node"].map((name) => `${name}@${ownVersion(name)}`);
  run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${tarball}`, ...needed]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the packed package", () => {
  it("holds what is built and nothing else, and depends on little", () => {
    const installed = path.join(folder, "node_modules", "pulumi-otc-background-task");
    expect(readdirSync(installed).sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "bin", "package.json"]);
    const { dependencies } = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8")) as {
      dependencies: object;
    };
    expect(Object.keys(dependencies)).toEqual(["axios", "proxy-from-env", "yaml", "zod"]);
  });

  it("works in a user's Jest with its default configuration: with mocks, and with a wait on the emulator", () => {
    write(
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
    write(
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
        emulator.replyNext({ route: "listTasks", times: 2, status: 503 });
        const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 2 }] });
        const task = await getBackgroundTask({ instanceId: emulator.instanceId, taskId });
        expect(task.status).toBe("SUCCESS");
        expect([emulator.counts().listTasks, emulator.counts().showTask]).toEqual([3, 2]);
      });
      test("a task that failed", async () => {
        const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
        await expect(getBackgroundTask({ instanceId: emulator.instanceId, taskId })).rejects.toThrow(TaskFailedError);
      });
      `,
    );
    // Exits by itself: an open handle would keep it, and the test would time out.
    run("npx", ["jest"]);
  });

  it.each([
    ["5.9", "nodenext"],
    ["5.9", "node10"],
    ["3.8", "node"],
  ])("has declarations that TypeScript %s reads with module resolution %s", (version, resolution) => {
    write(
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
    const modern = createRequire(path.join(folder, "package.json")).resolve("typescript/lib/tsc.js");
    const vendored = path.join(folder, "node_modules/@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js");
    if (version === "3.8") {
      // The SDK carries the compiler's library without its command. What it says of the SDK's own files is not ours.
      write(
        "types/check.js",
        `
        const ts = require(${JSON.stringify(vendored)});
        const options = { strict: true, moduleResolution: ts.ModuleResolutionKind.NodeJs, target: ts.ScriptTarget.ES2019, types: [], skipLibCheck: true, noEmit: true, noLib: true };
        const program = ts.createProgram([${JSON.stringify(path.join(folder, "types/index.ts"))}], options);
        const own = program.getSourceFiles().filter(({ fileName }) => fileName.includes("pulumi-otc-background-task"));
        const faults = own.flatMap((file) => program.getSyntacticDiagnostics(file).map(({ messageText }) => [file.fileName, messageText]));
        if (own.length < 5 || faults.length > 0) throw new Error(JSON.stringify([own.length, faults]));
        `,
      );
      run(process.execPath, ["types/check.js"]);
    } else {
      const module = resolution === "nodenext" ? "nodenext" : "commonjs";
      const options = ["--strict", "--noEmit", "--target", "es2022", "--types", "node", "--skipLibCheck", "false"];
      run(process.execPath, [
        modern,
        ...options,
        "--module",
        module,
        "--moduleResolution",
        resolution,
        "types/index.ts",
      ]);
    }
  });

  it("can be imported by an ES module", () => {
    write(
      "esm.mjs",
      `
      import { BackgroundTask, getBackgroundTask, TaskFailedError } from "pulumi-otc-background-task";
      import { startEmulator } from "pulumi-otc-background-task/emulator";
      for (const name of [BackgroundTask, getBackgroundTask, TaskFailedError, startEmulator]) if (typeof name !== "function") throw name;
      `,
    );
    run(process.execPath, ["esm.mjs"]);
  });

  it("waits in a real update", async () => {
    const emulator = await startEmulator();
    const { taskId } = emulator.addTask({
      name: "restart",
      progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 2 }],
    });
    write("Pulumi.yaml", "name: user\nruntime: nodejs\nmain: program.js\n");
    write(
      "program.js",
      `
      const { BackgroundTask } = require("pulumi-otc-background-task");
      exports.status = new BackgroundTask("task", { instanceId: process.env.OTC_INSTANCE_ID, taskId: ${JSON.stringify(taskId)} }).status;
      `,
    );
    const stack = await HermeticStack.create({ programDir: folder, inPlace: true, env: emulator.env });
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

import { startEmulator } from "../../emulator";
import { HermeticStack } from "../../engine/hermeticStack";
import { failed, program } from "./scenario";
import { resolutions, UserFolder } from "./userFolder";

// A policy pack of a user's own, in a folder outside the repository, with only the packed package installed.

let pack: UserFolder;

beforeAll(() => {
  pack = new UserFolder();
  const manifest = { name: "pack", version: "1.0.0", private: true, main: "index.ts" };
  pack.install(manifest, ["@pulumi/policy", "@pulumi/pulumi", "typescript", "@types/node"]);
  pack.write("PulumiPolicy.yaml", "runtime: nodejs\n");
});

afterAll(() => pack.remove());

describe("the packed package in a policy pack", () => {
  it.each(resolutions)("has declarations that TypeScript %s", (_, resolution) => {
    pack.write(
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
    pack.checkTypes("types/index.ts", resolution, /^node_modules\/@pulumi\/policy\/index\.d\.ts/);
  });

  it("can be imported by an ES module", () => {
    pack.write(
      "esm.mjs",
      `
      import { backgroundTaskSucceeded, BackgroundTaskPolicyPack } from "pulumi-otc-background-task/policy";
      if (typeof BackgroundTaskPolicyPack !== "function" || !backgroundTaskSucceeded.validateStack) throw new Error("not there");
      `,
    );
    pack.run(process.execPath, ["esm.mjs"]);
  });

  it("judges a real update by single rules in a pack of the user's own", async () => {
    pack.write(
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
      const output = failed(await stack.up({ args: await stack.policyPack({ inPlace: pack.path }) }));
      expect(output).toContain("[mandatory]  background-task-succeeded");
      expect(output).toContain(`background task restart (id ${taskId}) of instance ${emulator.instanceId} ended with`);
      expect(output).toContain("[advisory]  bounded-wait");
    } finally {
      await stack.dispose();
      await emulator.close();
    }
  });
});

describe("without @pulumi/policy", () => {
  it("the package loads, and its policy entry says in one sentence what to install", () => {
    pack.run("npm", ["uninstall", "--prefer-offline", "--no-audit", "--no-fund", "@pulumi/policy"]);
    pack.write(
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
    expect(pack.run(process.execPath, ["without.js"])).toBe(
      "pulumi-otc-background-task/policy needs the package @pulumi/policy, which is not installed: " +
        'run "npm install @pulumi/policy" in the policy pack\'s folder.\n',
    );
  });
});

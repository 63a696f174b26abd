import { readFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { failed, inScenario, type Scenario, succeeded } from "./scenario";

const folderOf = (example: string) => path.join(repositoryRoot, "examples", example);

/** Expects every line of an example's expected output among what the CLI printed. */
async function expectPrinted(example: string, printed: string): Promise<void> {
  const normalised = printed
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<date>")
    .replace(/\(id [0-9a-f-]+\)/g, "(id <task id>)")
    .replace(/instance [0-9a-f-]{36}/g, "instance <instance id>")
    .replace(/\b[\d.]+ ?s\b/g, "<time>");
  const lines = new Set(normalised.split("\n").map((line) => line.trim()));
  const expected = await readFile(path.join(folderOf(example), "expected-output.txt"), "utf8");
  const missing = expected.split("\n").filter((line) => !lines.has(line.trim()));
  expect({ missing, printed: missing.length > 0 ? normalised : "" }).toEqual({ missing: [], printed: "" });
}

const addressReads = ({ emulator }: Scenario) => emulator.requests().filter(({ route }) => route === "showInstance");
const lastEndOf = ({ emulator }: Scenario, name: string) =>
  Math.max(...emulator.events().flatMap((event) => (event.name === name && event.terminal ? [event.timeMs] : [])));

describe("the example bind-public-ip", () => {
  it("uses the address after the bind has ended, and has nothing to do the second time", async () => {
    await inScenario({ programDir: folderOf("bind-public-ip") }, async (scenario) => {
      const { emulator, stack } = scenario;
      await expectPrinted("bind-public-ip", succeeded(await stack.up()));
      expect(addressReads(scenario)[0]!.timeMs).toBeGreaterThanOrEqual(lastEndOf(scenario, "bindInstancePublicIp"));
      expect(await stack.outputs()).toMatchObject({ status: "SUCCESS", task: "bindInstancePublicIp" });
      const sent = emulator.requests().length;

      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
      expect(emulator.requests()).toHaveLength(sent);
    });
  });

  it("waits again when its trigger changes", async () => {
    await inScenario({ programDir: folderOf("bind-public-ip") }, async (scenario) => {
      const { emulator, stack } = scenario;
      succeeded(await stack.up());
      const { address } = await stack.outputs();

      await stack.setConfig("bind-public-ip:publicIpId", "another-id");
      expect(succeeded(await stack.up())).toMatch(/3 replaced/);

      expect(addressReads(scenario).at(-1)!.timeMs).toBeGreaterThanOrEqual(lastEndOf(scenario, "bindInstancePublicIp"));
      expect((await stack.outputs())["address"]).not.toBe(address);
      const binds = emulator.events().filter(({ kind, name }) => kind === "taskCreated" && /PublicIp$/.test(name));
      expect(binds.map(({ name }) => name)).toEqual([
        "bindInstancePublicIp",
        "unbindInstancePublicIp",
        "bindInstancePublicIp",
      ]);
      succeeded(await stack.destroy());
    });
  });

  it("fails with the wait taken out, can be destroyed at once, and goes through when the wait is back", async () => {
    const config = { "bind-public-ip:wait": "false" };
    await inScenario({ programDir: folderOf("bind-public-ip"), config }, async ({ emulator, stack, resource }) => {
      const output = failed(await stack.up());
      expect(output).toContain(`instance ${emulator.instanceId} has no public address yet`);
      expect(await resource("brokers")).toBeUndefined();

      // The bind still runs, and what it will have bound has to go too.
      succeeded(await stack.destroy());
      expect(
        emulator.events().filter(({ name, terminal }) => name === "unbindInstancePublicIp" && terminal),
      ).toHaveLength(1);

      failed(await stack.up());
      await stack.removeConfig("bind-public-ip:wait");
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ status: "SUCCESS" });
    });
  });

  it("is what the project at the root runs", async () => {
    // The files of a copy: the CLI leaves the stack's configuration beside Pulumi.yaml.
    const names = ["index.ts", "dms.ts", "publicAddress.ts", "publicIpBinding.ts", "package.json", "tsconfig.json"];
    const inExample = names.map((name) => `examples/bind-public-ip/${name}`);
    const texts = ["Pulumi.yaml", ...inExample].map(async (name) => {
      return [name, await readFile(path.join(repositoryRoot, name), "utf8")] as const;
    });
    await inScenario({ files: Object.fromEntries(await Promise.all(texts)) }, async ({ stack }) => {
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ status: "SUCCESS" });
      succeeded(await stack.destroy());
    });
  });
});

describe("the example look-up", () => {
  it("hands the fields of a task to the program", async () => {
    await inScenario({ programDir: folderOf("look-up") }, async ({ stack }) => {
      await expectPrinted("look-up", succeeded(await stack.up()));
    });
  });
});

describe("the example failed-task", () => {
  it("fails with its message and creates no dependent, now or next time, until the task is another", async () => {
    await inScenario({ programDir: folderOf("failed-task") }, async ({ emulator, stack, resource }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
      await stack.setConfig("failed-task:taskId", taskId);
      await expectPrinted("failed-task", failed(await stack.up()));
      await expectPrinted("failed-task", failed(await stack.up()));
      expect(await resource("dependent")).toBeUndefined();

      const repeated = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS" }] });
      await stack.setConfig("failed-task:taskId", repeated.taskId);
      succeeded(await stack.up());
      expect(await resource("dependent")).toBeDefined();
    });
  });
});

describe("the example policy-pack", () => {
  it("keeps the topic uncreated while the instance is busy, then fails because of the task that failed", async () => {
    await inScenario({ programDir: folderOf("policy-pack") }, async ({ emulator, stack, resource }) => {
      const add = (name: string, status: string) => emulator.addTask({ name, progress: [{ status }] }).taskId;
      await stack.setConfig("policy-pack:bindTaskId", add("bindInstancePublicIp", "SUCCESS"));
      await stack.setConfig("policy-pack:restartTaskId", add("restart", "FAILED"));
      const resize = add("extendInstance", "EXECUTING");
      const args = await stack.policyPack({ dir: path.join(folderOf("policy-pack"), "pack") });

      const whileBusy = failed(await stack.up({ args }));
      expect(await resource("orders")).toBeUndefined();

      emulator.setTaskProgress(resize, [{ status: "SUCCESS" }]);
      const whenQuiet = failed(await stack.up({ args }));
      expect(await resource("orders")).toBeDefined();
      await expectPrinted("policy-pack", whileBusy + whenQuiet);

      await stack.setConfig("policy-pack:restartTaskId", add("restart", "SUCCESS"));
      succeeded(await stack.up({ args }));
      succeeded(await stack.destroy());
    });
  });
});

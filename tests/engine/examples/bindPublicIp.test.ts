import { readFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../../engine/repositoryRoot";
import { failed, inScenario, type Scenario, succeeded } from "../scenario";
import { sharedScenario } from "../sharedScenario";
import { expectPrinted, folderOf, sentByAnother } from "./exampleRun";

const addressReads = ({ emulator }: Scenario) => emulator.requests().filter(({ route }) => route === "showInstance");

const lastEndOf = ({ emulator }: Scenario, name: string) =>
  Math.max(...emulator.events().flatMap((event) => (event.name === name && event.terminal ? [event.timeMs] : [])));

const unbindInstancePublicIp = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 1 }];

describe("the example bind-public-ip", () => {
  describe("with a bind that takes a while, after one of before", () => {
    const operations = {
      bindInstancePublicIp: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 4 }],
      unbindInstancePublicIp,
    };
    let before: string;
    let printed: string;
    const shared = sharedScenario(
      { programDir: folderOf("bind-public-ip"), emulator: { operations } },
      async ({ emulator, stack }) => {
        const createdAt = new Date(emulator.now() - 6000).toISOString();
        const progress = [{ status: "SUCCESS", afterSeconds: 3 }];
        before = emulator.addTask({ name: "bindInstancePublicIp", createdAt, progress }).taskId;
        printed = succeeded(await stack.up());
      },
    );

    it("takes none of before, and none that has not ended", async () => {
      const { emulator, resource } = shared();
      const { taskId, looks } = emulator.tasks().at(-1)!;
      expect(taskId).not.toBe(before);
      expect(looks).toBeGreaterThan(4);
      expect((await resource("bound"))?.outputs).toMatchObject({ taskId });
    });

    it("uses the address after the bind has ended, and has nothing to do the second time", async () => {
      const scenario = shared();
      await expectPrinted("bind-public-ip", printed);
      expect(addressReads(scenario)[0]!.timeMs).toBeGreaterThanOrEqual(lastEndOf(scenario, "bindInstancePublicIp"));
      expect(await scenario.stack.outputs()).toMatchObject({ status: "SUCCESS", task: "bindInstancePublicIp" });
      expect(await sentByAnother(scenario)).toEqual([]);
    });

    it("waits again when its trigger changes", async () => {
      const scenario = shared();
      const { emulator, stack } = scenario;
      const { address } = await stack.outputs();

      await stack.setConfig("bind-public-ip:publicIpId", "another-id");
      expect(succeeded(await stack.up())).toMatch(/4 replaced/);

      expect(addressReads(scenario).at(-1)!.timeMs).toBeGreaterThanOrEqual(lastEndOf(scenario, "bindInstancePublicIp"));
      expect((await stack.outputs())["address"]).not.toBe(address);
      const binds = emulator.events().filter(({ kind, name }) => kind === "taskCreated" && /PublicIp$/.test(name));
      expect(binds.flatMap(({ name, taskId }) => (taskId === before ? [] : [name]))).toEqual([
        "bindInstancePublicIp",
        "unbindInstancePublicIp",
        "bindInstancePublicIp",
      ]);
      succeeded(await stack.destroy());
    });
  });

  it("fails with the wait taken out, can be destroyed at once, and goes through when the wait is back", async () => {
    const config = { "bind-public-ip:wait": "false" };
    const emulator = { operations: { unbindInstancePublicIp } };
    await inScenario(
      { programDir: folderOf("bind-public-ip"), config, emulator },
      async ({ emulator, stack, resource }) => {
        const output = failed(await stack.up());
        expect(output).toContain(`instance ${emulator.instanceId} has no public address yet`);
        expect(await resource("brokers")).toBeUndefined();

        // The bind still runs, and what it will have bound has to go too.
        succeeded(await stack.destroy());
        expect(
          emulator.events().filter(({ name, terminal }) => name === "unbindInstancePublicIp" && terminal),
        ).toHaveLength(1);

        failed(await stack.up());
        succeeded(await stack.destroy());
        await stack.removeConfig("bind-public-ip:wait");
        succeeded(await stack.up());
        expect(await stack.outputs()).toMatchObject({ status: "SUCCESS" });
      },
    );
  });

  it("is what the project at the root runs", async () => {
    // The files of a copy: the CLI leaves the stack's configuration beside Pulumi.yaml.
    const names = ["index.ts", "dms.ts", "publicAddress.ts", "publicIpBinding.ts", "package.json", "tsconfig.json"];
    const inExample = names.map((name) => `examples/bind-public-ip/${name}`);
    const texts = ["Pulumi.yaml", ...inExample].map(async (name) => {
      return [name, await readFile(path.join(repositoryRoot, name), "utf8")] as const;
    });
    const bindInstancePublicIp = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }];
    const emulator = { operations: { bindInstancePublicIp, unbindInstancePublicIp } };
    await inScenario({ files: Object.fromEntries(await Promise.all(texts)), emulator }, async ({ stack }) => {
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ status: "SUCCESS" });
      succeeded(await stack.destroy());
    });
  });
});

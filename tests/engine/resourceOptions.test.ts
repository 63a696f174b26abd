import type { ExportedResource } from "../../engine/stackFiles";
import { inlineProgram, runInline } from "./inlineProgram";
import { failed, inScenario, looksIn, program, type Scenario, succeeded } from "./scenario";

// What docs/resource-options.md says of Pulumi's resource options; those that other tests try are named there.

// What changes is so in the second update only.
const files = program(`
const isSecond = config.getBoolean("second") === true;
const task = (name, opts = {}, args = {}) => new BackgroundTask(name, { instanceId, taskId, ...args }, opts);
const changing = { triggers: [isSecond] };

const group = new (class extends pulumi.ComponentResource {})("test:index:Group", "group");
const owner = new Follower("owner", {});
task("child", { parent: group });
task("protected", { protect: true });
if (!isSecond) task("retained", { retainOnDelete: true });
task("ignoring", { ignoreChanges: ["triggers"] }, changing);
task("onChanges", { replaceOnChanges: ["timeoutSeconds"] }, { timeoutSeconds: isSecond ? 200 : 100 });
task("triggered", { replacementTrigger: isSecond });
const replaced = task("replaced", { hideDiffs: ["triggers"] }, changing);
task("together", { replaceWith: [replaced] });
task(isSecond ? "newName" : "oldName", isSecond ? { aliases: [{ name: "oldName" }] } : {});
task("secret", { additionalSecretOutputs: ["params"] });
task("ofOwner", { deletedWith: owner });
task("transformed", { transformations: [({ props, opts }) => ({ props: { ...props, timeoutSeconds: 77 }, opts })] });
task("ofProvider", { provider: new pulumi.ProviderResource("pulumi-nodejs", "own", {}) });
task("ofVersion", { version: "9.9.9", pluginDownloadURL: "https://plugins.example.test" });
`);

type Resources = Map<string, ExportedResource & { created?: string; provider?: string }>;

describe("in two updates and a destroy,", () => {
  let first: Resources;
  let second: Resources;
  let looks: number;
  let printed: string;
  let destroyed: string;
  let left: Resources;

  const resourcesOf = async ({ stack }: Scenario): Promise<Resources> => {
    const { deployment } = await stack.exportState();
    return new Map((deployment.resources ?? []).map((resource) => [resource.urn.split("::").at(-1)!, resource]));
  };
  const wasKept = (name: string) => second.get(name)!.created === first.get(name)!.created;

  beforeAll(() =>
    inScenario({ files }, async (scenario) => {
      const { emulator, stack } = scenario;
      await stack.setConfig("program:taskId", emulator.taskId);
      printed = succeeded(await stack.up());
      first = await resourcesOf(scenario);
      const before = looksIn(scenario);
      await stack.setConfig("program:second", "true");
      succeeded(await stack.up());
      looks = looksIn(scenario) - before;
      second = await resourcesOf(scenario);
      destroyed = failed(await stack.destroy());
      left = await resourcesOf(scenario);
    }),
  );

  it("a parent and an owner stay what they are, and nothing of theirs is waited for again", () => {
    expect(second.get("child")!.urn).toContain("test:index:Group$pulumi-nodejs:dynamic/otc:BackgroundTask::child");
    expect(["child", "protected", "secret", "ofOwner", "transformed", "ofProvider"].filter(wasKept)).toHaveLength(6);
  });

  it("a protected resource is not destroyed, and a retained one leaves the state", () => {
    expect(destroyed).toMatch(/BackgroundTask::protected" cannot be deleted/);
    expect(left.has("protected")).toBe(true);
    expect(left.has("ofOwner")).toBe(false);
    expect([first.has("retained"), second.has("retained")]).toEqual([true, false]);
  });

  it("an ignored trigger, or a change of how to wait that should replace, waits for nothing", () => {
    expect([wasKept("ignoring"), wasKept("onChanges")]).toEqual([true, true]);
    expect(second.get("ignoring")!.inputs).toMatchObject({ triggers: [false] });
    expect(second.get("onChanges")!.inputs).toMatchObject({ timeoutSeconds: 200 });
  });

  it("what is replaced waits again, and nothing else does", () => {
    expect([wasKept("triggered"), wasKept("replaced"), wasKept("together")]).toEqual([false, false, false]);
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(3);
  });

  it("an alias keeps a renamed resource", () => {
    expect(second.get("newName")!.created).toBe(first.get("oldName")!.created);
    expect(second.has("oldName")).toBe(false);
  });

  it("an additional secret output is encrypted, and a transformed argument is used", () => {
    expect(second.get("secret")!.outputs).toMatchObject({ params: { ciphertext: expect.any(String) as string } });
    expect(second.get("transformed")!.inputs).toMatchObject({ timeoutSeconds: 77 });
  });

  it("another instance of Pulumi's own provider serves it, and another version of that is only warned of", () => {
    expect(second.get("ofProvider")!.provider).toContain("pulumi:providers:pulumi-nodejs::own");
    expect(printed).toContain("resource plugin pulumi-nodejs is expected to have version >=9.9.9");
  });
});

it.each([
  ["import", '{ import: "kafka/p/i/t" }', "toJavaScript"],
  ["envVarMappings", '{ envVarMappings: { A: "B" } }', "envVarMappings can only be used with provider resources"],
])("%s fails", (_option, opts, said) =>
  inScenario({ files: program(`new BackgroundTask("one", { instanceId, taskId }, ${opts});`) }, async (scenario) => {
    await scenario.stack.setConfig("program:taskId", scenario.emulator.taskId);
    expect(failed(await scenario.stack.up())).toContain(said);
  }),
);

it("a transform changes arguments, and its customTimeouts reach the state, but not the wait", () => {
  const body = `
  const { BackgroundTask } = require("pulumi-otc-background-task");
  const transform = ({ props, opts }) => ({
    props: { ...props, timeoutSeconds: 1 },
    opts: { ...opts, customTimeouts: { create: "5m" } },
  });
  new BackgroundTask("one", { instanceId, taskId: process.env.RUNNING }, { transforms: [transform] });
`;
  return inScenario({ files: inlineProgram(body) }, async ({ emulator, stack, resource }) => {
    const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
    const output = failed(await runInline(stack, ["up"], { RUNNING: taskId }).finished);
    expect(output.replace(/\s+/g, " ")).toMatch(/has not ended after 1(\.\d)? s/);
    expect(await resource("one")).toMatchObject({ inputs: { timeoutSeconds: 1 }, customTimeouts: { create: 300 } });
  });
});

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { inScenario, program, succeeded } from "./scenario";

// What the engine hands to policies is recorded by a pack that judges nothing; the unit tests of the rules go by that
// recording. Where the engine has come to hand on something else, this fails: record anew by setting RECORD.
const recording = path.join(__dirname, "..", "recordings", "policy-engine.json");

const recorder = `
const { appendFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const { PolicyPack } = require("@pulumi/policy");
const record = (policy, resources) => appendFileSync(process.env.RECORD_TO, JSON.stringify({ policy, resources }) + "\\n");
const shapeOf = ({ type, name, urn, props, opts: { customTimeouts } }) => ({ type, name, urn, props: raw(props), opts: { customTimeouts } });
// Reading an unknown through the SDK's proxy throws; below it are the engine's own stand-ins.
const raw = (value) => {
  const target = value instanceof Object ? value.__getSpecialProxyTarget ?? value : value;
  if (!(target instanceof Object)) return target;
  return Array.isArray(target) ? target.map(raw) : Object.fromEntries(Object.keys(target).map((key) => [key, raw(target[key])]));
};
new PolicyPack("recorder", {
  policies: [
    { name: "resource", description: "-", validateResource: (args) => { record("resource", [shapeOf(args)]); } },
    { name: "stack", description: "-", validateStack: (args) => { record("stack", args.resources.map(shapeOf)); } },
  ],
});
`;

const everyKind = program(`
const { QuietInstance } = require("pulumi-otc-background-task");
const trigger = config.get("trigger") ?? "first";
new BackgroundTask("succeeded", { instanceId, taskId, triggers: [trigger] });
new BackgroundTask("named", { instanceId, name: "bindInstancePublicIp", createdAfter: "2020-01-01T00:00:00Z" }, { customTimeouts: { create: "10m" } });
new BackgroundTask("failed", { instanceId, taskId: config.require("failedTaskId"), failOnError: false });
new BackgroundTask("running", { instanceId, taskId: config.require("runningTaskId"), wait: false, timeoutSeconds: 60 });
new QuietInstance("barrier", { instanceId: config.require("quietInstanceId"), expect: ["restart"], createdAfter: "2020-01-01T00:00:00Z", failOnError: false, quietSeconds: 0 });
const first = new Follower("first", { instanceId });
// Of what is known only when "first" is there.
const later = (value) => first.id.apply(() => value);
new BackgroundTask("later", { instanceId: later(instanceId), taskId: later(taskId), failOnError: later(true), timeoutSeconds: later(900) });
new Follower("second", { instanceId: later(instanceId), parts: [{ instanceId: later(instanceId) }] });
`);

interface Recorded {
  policy: "resource" | "stack";
  resources: { urn: string }[];
}

function asStored(lines: string): Recorded[] {
  const normalised = lines
    .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, (time) => (time.startsWith('"2020-') ? time : '"2030-01-01T00:00:00.000Z"'))
    .replace(/"(durationSeconds|startedAtMs|loMs|hiMs|\w*Ms)":[-\d.]+/g, '"$1":0');
  const records = normalised
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Recorded);
  // Resources are registered side by side.
  const order = (a: { urn: string }, b: { urn: string }) => (a.urn < b.urn ? -1 : 1);
  const resource = records.filter(({ policy }) => policy === "resource").flatMap(({ resources }) => resources);
  const stack = records.filter(({ policy }) => policy === "stack").flatMap(({ resources }) => resources);
  return [
    { policy: "resource", resources: resource.sort(order) },
    { policy: "stack", resources: stack.sort(order) },
  ];
}

describe("what the engine hands to policies", () => {
  it("is what the tests of the rules go by", async () => {
    await inScenario({ files: everyKind }, async ({ emulator, stack }) => {
      const quietInstanceId = emulator.addInstance({ instanceId: "a4e5c5ea-84ff-4957-b1b0-d7c6852f1c8d" });
      const add = (id: string, name: string, status: string, instanceId?: string) =>
        emulator.addTask({ id, name, instanceId, params: { of: name }, progress: [{ status }] }).taskId;
      add("85c741e37227acd12e66536cd7f4c3d4", "restart", "FAILED", quietInstanceId);
      for (const [key, value] of Object.entries({
        taskId: add("129c7c0763608c1e565190f196a4c316", "bindInstancePublicIp", "SUCCESS"),
        failedTaskId: add("d0624502573d0d9f8d6d70045c8c7586", "restart", "FAILED"),
        runningTaskId: add("7bb639ea7432c14dae4156e1575cb889", "extendInstance", "EXECUTING"),
        quietInstanceId,
      })) {
        await stack.setConfig(`program:${key}`, value);
      }
      const pack = await stack.policyPack({ files: { "index.js": recorder } });
      const recorded: Record<string, Recorded[]> = {};
      const run = async (title: string, command: "preview" | "up") => {
        const file = path.join(stack.programDir, `${title}.jsonl`);
        succeeded(await stack[command]({ args: pack, env: { RECORD_TO: file } }));
        recorded[title] = asStored(await readFile(file, "utf8"));
      };
      await run("first preview", "preview");
      await run("first update", "up");
      await run("unchanged preview", "preview");
      await stack.setConfig("program:trigger", "second");
      await run("preview of a replacement", "preview");

      if (process.env["RECORD"]) await writeFile(recording, `${JSON.stringify(recorded, undefined, 2)}\n`);
      expect(recorded).toEqual(JSON.parse(await readFile(recording, "utf8")));
    });
  });
});

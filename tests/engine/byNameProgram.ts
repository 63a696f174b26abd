import type { Emulator } from "../../emulator";
import { program } from "./scenario";

/** What the operation, and the wait, are for. */
export const name = "bindInstancePublicIp";
export const usualConfig = { "program:progress": '[{"status":"EXECUTING"},{"status":"SUCCESS","afterSeconds":0.3}]' };

/** In a program: the class of an operation that answers at once, and begins a task of the emulator at `url`. */
export const operationClass = `
const operation = {
  async diff(_id, olds, news) {
    const replaces = olds.start === news.start ? [] : ["start"];
    return { changes: replaces.length > 0, replaces };
  },
  async create({ url, start, progress }) {
    if (start !== "nothing") {
      const body = JSON.stringify({ name: "${name}", progress: JSON.parse(progress) });
      await fetch(url + "/_emulator/tasks", { method: "POST", body });
    }
    return { id: "started", outs: { start } };
  },
};
class Operation extends pulumi.dynamic.Resource {
  constructor(label, inputs) { super(operation, label, inputs, undefined, "test", "Operation"); }
}
`;

/** An operation, first thing in the program, and a wait for its task by name. */
export const operationThenWait = program(`
${operationClass}
const started = new Operation("operation", {
  url: process.env.EMULATOR_URL,
  start: config.get("start") ?? "first",
  progress: config.get("progress"),
});
const bound = new BackgroundTask("bound", {
  instanceId,
  name: "${name}",
  createdAfter: config.get("createdAfter"),
  triggers: ["first"],
  appearTimeoutSeconds: config.getNumber("appearTimeoutSeconds"),
}, { dependsOn: started });
new Follower("follower", { status: bound.status });
exports.taskId = bound.taskId;
exports.name = bound.name;
exports.id = bound.id;
`);

/** Puts in a run of the name that ended some seconds ago. */
export function addOldRun(emulator: Emulator, endedSecondsAgo: number): string {
  const createdAt = new Date(emulator.now() - endedSecondsAgo * 1000 - 3000).toISOString();
  return emulator.addTask({ name, createdAt, progress: [{ status: "SUCCESS", afterSeconds: 3 }] }).taskId;
}

import type { Emulator } from "../../emulator";
import { program } from "./scenario";
import { until } from "./until";

/** A program with one barrier, whose further arguments are in the configuration, and a follower of it. */
export const barrierProgram = program(`
const { QuietInstance } = require("pulumi-otc-background-task");
const settled = new QuietInstance("settled", {
  instanceId,
  quietSeconds: 1,
  ...config.getObject("args"),
});
new Follower("follower-" + (config.get("run") ?? ""), { tasks: settled.tasks });
exports.tasks = settled.tasks.apply((tasks) => tasks.map(({ taskId, status }) => taskId + " " + status));
exports.isInstance = QuietInstance.isInstance(settled) && !BackgroundTask.isInstance(settled);
`);

/** Waits until the barrier has begun to look. */
export const firstLook = (emulator: Emulator) => until(() => emulator.counts()["listTasks"]);

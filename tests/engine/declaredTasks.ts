import { program } from "./stackScenario";

/**
 * By the resource's name: the arguments of its BackgroundTask or QuietInstance, its options below `opts`, and whether
 * there is a follower, named "after-" and so on, that is created after it.
 */
export type Declared = Record<string, { opts?: object; follower?: boolean; [argument: string]: unknown }>;

/**
 * A program whose resources are in its configuration, so that one update shows what several of them do, and the next what
 * a change of one does.
 */
export const declaredTasks = program(`
const { QuietInstance } = require("pulumi-otc-background-task");
for (const [name, { opts, follower, ...args }] of Object.entries(config.getObject("tasks") ?? {})) {
  const task = new BackgroundTask(name, { instanceId, ...args }, opts);
  if (follower) new Follower("after-" + name, { status: task.status });
}
for (const [name, { opts, follower, ...args }] of Object.entries(config.getObject("barriers") ?? {})) {
  const barrier = new QuietInstance(name, { instanceId, ...args }, opts);
  if (follower) new Follower("after-" + name, { tasks: barrier.tasks });
}
`);

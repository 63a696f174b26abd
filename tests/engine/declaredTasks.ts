import { program } from "./scenario";

/** By the resource's name: the arguments of its BackgroundTask or BackgroundTasks, and its options below `opts`. */
export type Declared = Record<string, { opts?: object; [argument: string]: unknown }>;

/**
 * A program whose resources are in its configuration, so that one update shows what several of them do, and the next what
 * a change of one does. Each task has a follower that is created after it.
 */
export const declaredTasks = program(`
const { BackgroundTasks } = require("pulumi-otc-background-task");
for (const [name, { opts, ...args }] of Object.entries(config.getObject("tasks") ?? {})) {
  const task = new BackgroundTask(name, { instanceId, ...args }, opts);
  new Follower("after-" + name, { status: task.status });
}
for (const [name, { opts, ...args }] of Object.entries(config.getObject("barriers") ?? {})) {
  const barrier = new BackgroundTasks(name, { instanceId, ...args }, opts);
  new Follower("after-" + name, { tasks: barrier.tasks });
}
`);

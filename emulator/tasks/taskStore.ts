import { randomBytes } from "node:crypto";
import { type Clock, isoMilliseconds } from "../clock/clock";
import { BackgroundTask, type TaskData } from "./backgroundTask";
import type { EmulatorEvent } from "./taskEvent";
import type { TaskSnapshot } from "./taskSnapshot";
import { TERMINAL_STATUSES } from "./taskStatuses";

/** All tasks, in the order in which they were put in. */
export class TaskStore {
  private tasks: BackgroundTask[] = [];
  private eventLog: EmulatorEvent[] = [];
  constructor(private readonly clock: Clock) {}

  add(data: TaskData): BackgroundTask {
    if (this.tasks.some((task) => task.data.id === data.id)) {
      throw new Error(`The task ${data.id} already exists.`);
    }
    this.record(data, "taskCreated", data.createdAtMs, "");
    const task = new BackgroundTask({
      ...data,
      onStatus: (change) => {
        this.record(data, "taskStatus", change.timeMs, change.status);
        if (TERMINAL_STATUSES.has(change.status)) {
          data.onEnd?.(change);
        }
      },
    });
    this.tasks.push(task);
    task.advance(this.clock.nowMs());
    return task;
  }

  find(id: string): BackgroundTask | undefined {
    this.advanceAll();
    return this.tasks.find((task) => task.data.id === id);
  }

  /** The tasks of an instance that the service would list now, newest first; of two of one instant the later one first. */
  ofInstance(instanceId: string): BackgroundTask[] {
    this.advanceAll();
    const nowMs = this.clock.nowMs();
    return this.tasks
      .filter((task) => task.data.instanceId === instanceId && task.data.visibleFromMs <= nowMs)
      .reverse()
      .sort((a, b) => b.data.createdAtMs - a.data.createdAtMs);
  }

  /** Whether a task of the instance, listed or not yet, is still under way. */
  isBusy(instanceId: string): boolean {
    this.advanceAll();
    return this.tasks.some((task) => task.data.instanceId === instanceId && !task.isTerminal);
  }

  remove(id: string): void {
    const task = this.find(id);
    if (task === undefined) {
      throw new Error(`There is no task ${id}.`);
    }
    this.tasks = this.tasks.filter((other) => other !== task);
    this.record(task.data, "taskRemoved", this.clock.nowMs(), task.status);
    if (!task.isTerminal) {
      task.data.onEnd?.({ status: "DELETED", timeMs: this.clock.nowMs() });
    }
  }

  /** Takes every task to where it is now, so that what tasks bring about has happened. */
  advanceAll(): void {
    const nowMs = this.clock.nowMs();
    for (const task of this.tasks) {
      task.advance(nowMs);
    }
  }

  events(): EmulatorEvent[] {
    this.advanceAll();
    return [...this.eventLog].sort((a, b) => a.timeMs - b.timeMs);
  }

  snapshots(): TaskSnapshot[] {
    this.advanceAll();
    return this.tasks.map(snapshotOf);
  }

  clear(): void {
    this.tasks = [];
    this.eventLog = [];
  }

  private record(data: TaskData, kind: EmulatorEvent["kind"], timeMs: number, status: string): void {
    const { id: taskId, instanceId, name } = data;
    this.eventLog.push({ timeMs, kind, taskId, instanceId, name, status, terminal: TERMINAL_STATUSES.has(status) });
  }
}

export function snapshotOf(task: BackgroundTask): TaskSnapshot {
  const { id, instanceId, projectId, name, createdAtMs } = task.data;
  return {
    taskId: id,
    instanceId,
    projectId,
    name,
    status: task.status,
    createdAt: isoMilliseconds(createdAtMs),
    changedAt: isoMilliseconds(task.changedAtMs),
    looks: task.looks,
  };
}

/** The shape of every task id in the API's samples. */
export function newTaskId(): string {
  return randomBytes(16).toString("hex");
}

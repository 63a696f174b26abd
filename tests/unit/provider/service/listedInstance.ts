import type { ShowTask } from "../../../../provider/service/client";
import type { ListTasks } from "../../../../provider/service/taskList";
import type { BackgroundTaskResult } from "../../../../provider/task/task";

export const subjectOf = (taskId: string) => ({ instanceId: "instance", taskId });
export const taskOf = (taskId: string, status = "EXECUTING"): BackgroundTaskResult => ({
  taskId,
  instanceId: "instance",
  name: "restart",
  status,
});

/** An instance whose list shows these tasks, a page each hundred, and whose show call knows them and more. */
export class ListedInstance {
  readonly sent: string[] = [];
  inFlight = { list: 0, show: 0 };
  most = { list: 0, show: 0 };
  listFault?: () => Error;
  answers = true;
  private held: (() => void)[] = [];

  constructor(
    public listed: string[],
    readonly unlisted: string[] = [],
  ) {}

  readonly listTasks: ListTasks = (request) =>
    this.exchange("list", () => {
      const seen = new Map<string, BackgroundTaskResult>();
      let pages = 0;
      do {
        this.listed.slice(pages * 100, ++pages * 100).forEach((id) => seen.set(id, taskOf(id)));
      } while (pages * 100 < this.listed.length && !request.isEnough?.(seen));
      this.sent.push(`list ${pages}`);
      if (this.listFault) {
        throw this.listFault();
      }
      return { tasks: [...seen.values()], projectId: "project" };
    });

  readonly showTask: ShowTask = ({ taskId }) =>
    this.exchange("show", () => {
      this.sent.push(`show ${taskId}`);
      const isThere = this.listed.includes(taskId) || this.unlisted.includes(taskId);
      return isThere
        ? { task: taskOf(taskId), projectId: "project" }
        : { absence: { missing: "task" as const }, projectId: "project" };
    });

  /** Lets what waits for an answer have it. */
  release(): void {
    this.answers = true;
    this.held.splice(0).forEach((go) => go());
  }

  private async exchange<T>(kind: "list" | "show", answer: () => T): Promise<T> {
    this.inFlight[kind]++;
    this.most[kind] = Math.max(this.most[kind], this.inFlight[kind]);
    try {
      await (this.answers ? Promise.resolve() : new Promise<void>((resolve) => this.held.push(resolve)));
      return answer();
    } finally {
      this.inFlight[kind]--;
    }
  }
}

import type { BackgroundTaskResult } from "../task/task";
import { hasUnknownStatus } from "../task/taskStatus";

/** Reports each unknown status the first time that one of a wait's tasks has it. */
export class UnknownStatuses {
  private readonly told = new Set<string | undefined>();

  constructor(private readonly tell: (task: BackgroundTaskResult) => void) {}

  see(task: BackgroundTaskResult): void {
    if (hasUnknownStatus(task) && !this.told.has(task.status)) {
      this.told.add(task.status);
      this.tell(task);
    }
  }
}

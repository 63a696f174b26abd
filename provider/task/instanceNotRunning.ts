import { describeInstanceStatus, describeTasks } from "./descriptions";
import { BackgroundTaskError } from "./errors";
import type { BackgroundTaskResult } from "./task";
import type { TaskSubject, WaitProgress } from "./waitSubject";

/** No task is in progress, but the instance's own status accepts no operation and does not change by itself. */
export class InstanceNotRunningError extends BackgroundTaskError {
  override readonly name = "InstanceNotRunningError";
  constructor(
    override readonly subject: TaskSubject,
    override readonly progress: WaitProgress,
    /** The instance's status, for instance `FROZEN`. */
    readonly status: string,
    /** The tasks that failed. */
    failed: BackgroundTaskResult[] = [],
  ) {
    super(
      `${describeInstanceStatus(subject.instanceId, status)}: it accepts no operation, and this does not change by itself` +
        `${failed.length > 0 ? ` (failed: ${describeTasks(failed)})` : ""}. ` +
        `Check the instance in the console. Once it is RUNNING, run the update again.`,
    );
  }
}

import { isInstanceBusy } from "../task/busyInstance";

/** What an error hook is told: the SDK's `ErrorHookArgs`, as far as it is used. */
export interface FailedOperation {
  urn: string;
  /** Empty for a resource that does not exist yet. */
  id: string;
  type: string;
  /** `create`, `update` or `delete`. */
  failedOperation: string;
  /** The engine's texts, newest first. Before 3.244, only the newest. */
  errors: string[];
}

/** Counts the retries of each operation. */
export class BusyRetries {
  private readonly retries = new Map<string, number>();

  /** Whether to retry the operation: its newest error says that the instance is busy, and a retry is left. */
  next({ urn, id, failedOperation, errors }: FailedOperation, maxRetries: number): boolean {
    const operation = JSON.stringify([urn, id, failedOperation]);
    const retried = this.retries.get(operation) ?? 0;
    if (retried >= maxRetries || !isInstanceBusy(errors[0])) {
      return false;
    }
    this.retries.set(operation, retried + 1);
    return true;
  }
}

/** What a status word means to somebody who waits. */
export type StatusKind = "pending" | "success" | "failure" | "unknown";

// The one place that knows the service's words. They are compared exactly: "success" or "SUCCESS " is unknown.
const kinds = new Map<string, StatusKind>([
  // The usual word while a task is in progress: Huawei Cloud's API reference, and its Terraform provider's waits.
  ["CREATED", "pending"],
  // Sample of OTC's "Listing Background Tasks" page.
  ["EXECUTING", "pending"],
  // Samples of OTC's "Querying a Background Task" and "Listing Background Tasks" pages.
  ["SUCCESS", "success"],
  // Huawei Cloud's API reference and Terraform provider; OTC's console shows "Failed".
  ["FAILED", "failure"],
  // Huawei Cloud's API reference: the record was removed. What became of the work is not told, so it is no success.
  ["DELETED", "failure"],
  // Huawei Cloud's API reference and OTC's page on RocketMQ's scheduled tasks spell it with two L; one L is borne too.
  ["CANCELLED", "failure"],
  ["CANCELED", "failure"],
]);

/**
 * Sorts a status as the service sent it. Missing and empty count as pending: a task that has just started may have none
 * yet. Whatever is not in the table is unknown, also a value that is no string; unknown is never success.
 */
export function kindOfStatus(status: unknown): StatusKind {
  if (status === undefined || status === null || status === "") {
    return "pending";
  }
  return (typeof status === "string" ? kinds.get(status) : undefined) ?? "unknown";
}

/** Whether nothing more will happen to a task with this status. */
export function isTerminal(status: unknown): boolean {
  const kind = kindOfStatus(status);
  return kind === "success" || kind === "failure";
}

/**
 * The service's status words. CREATED, EXECUTING, SUCCESS, FAILED, DELETED, CANCELLED: Huawei Cloud's API pages
 * "Querying a Background Task" and "Listing Background Tasks"; OTC's own samples show EXECUTING and SUCCESS.
 * CANCELED: the spelling of OTC's console (user guide, "Viewing Kafka Background Tasks"); no API page has it.
 */
export const TERMINAL_STATUSES: ReadonlySet<string> = new Set([
  "SUCCESS",
  "FAILED",
  "DELETED",
  "CANCELLED",
  "CANCELED",
]);

/** What a task is in from its start unless told otherwise: the word of OTC's own list sample. */
export const INITIAL_STATUS = "EXECUTING";
export const SUCCESS_STATUS = "SUCCESS";

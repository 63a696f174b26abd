import type { BackgroundTask } from "../backgroundTask";
import type { Instance } from "../instanceStore";
import type { Service } from "../service";
import { integerParameter, secondParameter } from "./queryParameters";
import type { Call } from "./route";

/** Huawei Cloud's Terraform provider: up to 100 on a page, 10 unless asked otherwise. OTC names no bound. */
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

export interface TaskPage {
  tasks: BackgroundTask[];
  /** How many match in all. */
  count: number;
}

/** The part of an instance's tasks, newest first, that a request asks for. */
export function taskPage(service: Service, instance: Instance, call: Call): TaskPage {
  const matches = withinWindow(service.tasks.ofInstance(instance.id), call);
  const { listPaging } = service.settings;
  const limit = integerParameter(call, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
  if (listPaging === "all") {
    return { tasks: matches, count: matches.length };
  }
  const skipped = listPaging === "none" ? 0 : skippedRecords(listPaging, call);
  return { tasks: matches.slice(skipped, skipped + limit), count: matches.length };
}

/**
 * `start` is the number of a record, the newest being 1, though the API page calls it a task's id (README). `offset` is the
 * number of records to skip (Huawei Cloud's API page of 2025-12). A parameter that a service does not know, it ignores.
 */
function skippedRecords(listPaging: "start" | "offset" | "both", call: Call): number {
  const byStart = listPaging === "offset" ? 0 : integerParameter(call, "start", 1, Number.MAX_SAFE_INTEGER, 1) - 1;
  return listPaging === "start" ? byStart : integerParameter(call, "offset", 0, Number.MAX_SAFE_INTEGER, byStart);
}

/** From `begin_time` on, as Huawei Cloud's Terraform provider expects, and to the end of the second `end_time` (invented). */
function withinWindow(tasks: BackgroundTask[], call: Call): BackgroundTask[] {
  const beginMs = secondParameter(call, "begin_time") ?? -Infinity;
  const endMs = secondParameter(call, "end_time") ?? Infinity;
  return tasks.filter(({ data }) => data.createdAtMs >= beginMs && data.createdAtMs < endMs + 1000);
}

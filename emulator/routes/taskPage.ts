import type { RefusalName } from "../http/refusals";
import { type EngineFacts, ENGINES } from "../instances/engines";
import type { Instance } from "../instances/instanceStore";
import type { Service } from "../service/service";
import type { BackgroundTask } from "../tasks/backgroundTask";
import { integerParameter, secondParameter } from "./queryParameters";
import type { Call } from "./route";

/** Huawei Cloud's Terraform provider: up to 100 on a page, default 10. OTC documents no bound. */
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

interface TaskPage {
  tasks: BackgroundTask[];
  /** How many match in total. */
  count: number;
}

/** The part of an instance's tasks, newest first, that a request asks for. */
export function taskPage(service: Service, instance: Instance, call: Call): TaskPage {
  const facts = ENGINES[instance.engine];
  const { parameter: fault } = facts.refusals;
  const matches = withinWindow(service.tasks.ofInstance(instance.id), call, facts);
  const { listPaging } = service.settings;
  const limit = integerParameter(call, "limit", { min: 1, max: MAX_LIMIT, fallback: DEFAULT_LIMIT, fault });
  if (listPaging === "all") {
    return { tasks: matches, count: matches.length };
  }
  const skipped = listPaging === "none" ? 0 : skippedRecords(facts.paging ?? listPaging, call, fault);
  return { tasks: matches.slice(skipped, skipped + limit), count: matches.length };
}

/**
 * `start` is the number of a record, the newest being 1, though the API page calls it a task's id (README). `offset` is the
 * number of records to skip (Huawei Cloud's API page of 2025-12; DCS). A service ignores parameters that it does not know.
 */
function skippedRecords(paging: "start" | "offset" | "both", call: Call, fault: RefusalName): number {
  const max = Number.MAX_SAFE_INTEGER;
  const byStart = paging === "offset" ? 0 : integerParameter(call, "start", { min: 1, max, fallback: 1, fault }) - 1;
  return paging === "start" ? byStart : integerParameter(call, "offset", { min: 0, max, fallback: byStart, fault });
}

/** From the first time on, as Huawei Cloud's Terraform provider expects, and to the end of the second `end_time` (invented). */
function withinWindow(tasks: BackgroundTask[], call: Call, { windowBegin, refusals }: EngineFacts): BackgroundTask[] {
  const beginMs = secondParameter(call, windowBegin, refusals.parameter) ?? -Infinity;
  const endMs = secondParameter(call, "end_time", refusals.parameter) ?? Infinity;
  return tasks.filter(({ data }) => data.createdAtMs >= beginMs && data.createdAtMs < endMs + 1000);
}

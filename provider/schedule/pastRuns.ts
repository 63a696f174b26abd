import { type BackgroundTaskResult, durationMsOf, parseTaskTime } from "../task/task";
import { kindOfStatus } from "../task/taskStatus";

// The last runs say most about the next; more of them change the forecast little.
const mostRuns = 20;

// The service's hosts need not agree on the time to the second.
const clockToleranceMs = 60_000;

/**
 * How long the finished runs of one name took, in milliseconds, the newest first. The duration of a failed run says
 * nothing about a success; a run whose end is not after its start, or is in the future, has wrong times.
 *
 * @param listed Tasks of one instance, in any order.
 * @param serviceTimeMs The service's clock when it listed them, if known.
 */
export function pastDurations(
  listed: readonly BackgroundTaskResult[],
  name: string | undefined,
  serviceTimeMs = Infinity,
): number[] {
  return listed
    .filter((task) => name !== undefined && task.name === name && kindOfStatus(task.status, task.service) === "success")
    .map((task) => ({ durationMs: durationMsOf(task) ?? 0, endedMs: parseTaskTime(task.updatedAt) ?? Infinity }))
    .filter(({ durationMs, endedMs }) => durationMs > 0 && endedMs <= serviceTimeMs + clockToleranceMs)
    .sort((one, other) => other.endedMs - one.endedMs)
    .slice(0, mostRuns)
    .map(({ durationMs }) => durationMs);
}

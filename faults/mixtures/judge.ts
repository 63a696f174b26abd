import { describeVerdict, type Verdict } from "../waits/verdict";
import type { History } from "./history";

const failures = ["FAILED", "DELETED", "CANCELLED", "CANCELED"];

// What a request and its reply take on a machine that does other things as well.
const lateMs = 1500;
const roundTripMs = 150;

/**
 * Throws what is wrong with how a wait ended, given what really became of its task.
 *
 * @param endedMs When it ended, since its start.
 */
export function judge(history: History, verdict: Verdict, endedMs: number): void {
  const fault = faultOf(history, verdict, endedMs);
  if (fault) {
    const { args, windows, form, visibleFromMs, endsAtMs, outcome } = history;
    const truth = JSON.stringify({ form, visibleFromMs, endsAtMs, outcome, args, windows });
    throw new Error(`${fault}. It ${describeVerdict(verdict)}. The truth: ${truth}`);
  }
}

function faultOf(history: History, { task, error, stalledSeconds }: Verdict, endedMs: number): string | undefined {
  const { timeoutSeconds } = history.args;
  if (endedMs > timeoutSeconds * 1000 + 1000 + lateMs + stalledSeconds * 1000)
    return "it ended long after the deadline";
  if (history.form === "list" && !error) return faultOfList(history, task as unknown as Listed[]);
  if (!error) return faultOfSuccess(history, task, endedMs);
  const { message } = error;
  if (/ not (ended|seen RUNNING) after /.test(message)) return faultOfTimeout(history, endedMs, stalledSeconds * 1000);
  if (/ended with status|background tasks? of instance .* failed/.test(message))
    return faultOfFailure(history, message, endedMs);
  if (/was not found on instance/.test(message)) return faultOfAbsence(history);
  return "it failed although all faults pass";
}

interface Listed {
  taskId: string;
  status: string;
}

function faultOfSuccess(history: History, task: Verdict["task"], endedMs: number): string | undefined {
  const { outcome, endsAtMs = Infinity, visibleFromMs = Infinity, taskId, form } = history;
  const seen =
    form === "quiet" ? (task as unknown as Listed[]).find((one) => one.taskId === taskId) : (task as unknown as Listed);
  // A task that had ended when the barrier looked first is none that it waited for.
  if (form === "quiet" && !seen) return endsAtMs > endedMs ? "it was not quiet" : undefined;
  if (outcome !== "SUCCESS") return "the task failed";
  if (endsAtMs > endedMs || visibleFromMs > endedMs) return "the task had not ended";
  if (seen?.taskId !== taskId || seen.status !== "SUCCESS") return "it is not that task, or has not that status";
  return undefined;
}

function faultOfFailure(
  { outcome, endsAtMs = Infinity, taskId }: History,
  message: string,
  endedMs: number,
): string | undefined {
  if (!failures.includes(outcome) || endsAtMs > endedMs) return "the task had not failed";
  return message.includes(outcome) && message.includes(taskId) ? undefined : "it failed with another task or status";
}

function faultOfTimeout(history: History, endedMs: number, stalledMs: number): string | undefined {
  const { args, windows, endsAtMs = Infinity, visibleFromMs = Infinity, form } = history;
  const deadlineMs = args.timeoutSeconds * 1000;
  if (endedMs < deadlineMs - 5) return "it gave up before the deadline";
  // The last look comes at the deadline, unless a request without an answer is still waited for.
  const isDisturbed =
    windows.some(
      ({ kind, fromMs, toMs }) =>
        fromMs <= deadlineMs + 1000 && toMs >= (kind === "silent" ? -Infinity : deadlineMs - 2 * roundTripMs),
    ) ||
    (form === "quiet" && retriedUntilMs(windows) >= deadlineMs - roundTripMs);
  // Quiet takes a while of quiet, and a list ends with its first answer.
  const neededMs = form === "quiet" ? 1500 : roundTripMs;
  const hadEnded = Math.max(form === "list" ? 0 : endsAtMs, visibleFromMs) < deadlineMs - neededMs - stalledMs;
  return hadEnded && !isDisturbed ? "the task had ended before the deadline" : undefined;
}

/**
 * When requests are sent again after all outages, at the latest: pauses double, so the last one is no longer than twice
 * the outage. A barrier needs two looks after that, and only one comes at the deadline.
 */
function retriedUntilMs(windows: History["windows"]): number {
  const outageMs = windows.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return Math.max(...windows.map(({ toMs }) => toMs), -Infinity) + 2 * outageMs + 500;
}

function faultOfAbsence({ args, visibleFromMs = Infinity, form }: History): string | undefined {
  if (form === "quiet" || form === "list") return "its instance was there";
  const isThere = visibleFromMs < args.appearTimeoutSeconds * 1000 - roundTripMs;
  return isThere ? "the task had appeared in time" : undefined;
}

function faultOfList({ older, taskId }: History, tasks: readonly Listed[]): string | undefined {
  const ids = new Set(tasks.map((one) => one.taskId));
  return ids.size === tasks.length && ids.size === older + 1 && ids.has(taskId)
    ? undefined
    : `it lists ${tasks.length} tasks instead of ${older + 1}`;
}

import type { ServiceMoment } from "../clock/startOfWait";
import { quote } from "../output/secrets";
import { describeTask, describeTasks } from "../task/descriptions";
import { shortList } from "../task/shortList";
import type { BackgroundTaskResult } from "../task/task";

// What a message says when no task of a name is known to have begun since the start: which others there are, and how to
// accept one of them.

/** What a search saw of the name, newest first. */
interface OtherRuns {
  /** So close to the start that the clocks do not tell, or without a time. */
  undecided: BackgroundTaskResult[];
  before: BackgroundTaskResult[];
}

const mustDepend = "the wait must say dependsOn it.";

export function adviceOnSearch({ undecided, before }: OtherRuns, start: ServiceMoment | undefined): string {
  const from = start ? `${noneSince(start)} ` : "";
  const [close] = undecided;
  if (close) {
    const withinMs = start ? Math.ceil(start.greatestMs - start.leastMs) : 0;
    return (
      `${from}${newestOther(close)}, which is too close to the start of this wait to tell which came first (the clocks are ` +
      `known to within ${withinMs} ms): if it is the one, set createdAfter to that time.`
    );
  }
  const [old] = before;
  if (old) {
    return (
      `${from}${newestOther(old)}, which is before that: if it is the one after all, set createdAfter to that ` +
      `time. If this program starts the operation, ${mustDepend}`
    );
  }
  return (
    `${from}There is no older one of that name either. Check the name, which is compared exactly, the instance's id, ` +
    `the project and the region; if this program starts the operation, ${mustDepend}`
  );
}

/** For names that a barrier expects; `older` has the newest run of each that has one. */
export function adviceOnExpected(
  names: string[],
  older: BackgroundTaskResult[],
  from: ServiceMoment | undefined,
): string {
  const isOne = names.length === 1;
  return [
    `expect names ${isOne ? "it" : "them"}, so ${isOne ? "it" : "each"} must have appeared.`,
    ...(from ? [noneSince(from)] : []),
    ...(older.length > 0
      ? [
          `The newest before that: ${shortList(older, (task) => `${describeTasks([task])}, ${begun(task)}`, "; ")}. ` +
            `If that is the one after all, set createdAfter to its time.`,
        ]
      : []),
    `If this program starts the operation, ${mustDepend}`,
  ].join(" ");
}

function newestOther(task: BackgroundTaskResult): string {
  const described = describeTask({ ...task, name: undefined }, false);
  return `The newest other is ${described} (${quote(task.status ?? "") || "no status"}), ${begun(task)}`;
}

function begun({ createdAt }: BackgroundTaskResult): string {
  return `begun ${quote(createdAt ?? "") || "at an unknown time"}`;
}

function noneSince({ greatestMs }: ServiceMoment): string {
  return `None is known to have begun at or after ${new Date(Math.ceil(greatestMs)).toISOString()}.`;
}

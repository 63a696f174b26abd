import type { ServiceMoment } from "../clock/startOfWait";
import { quote } from "../output/secrets";
import { describeTask, describeTasks } from "../task/descriptions";
import { shortList } from "../task/shortList";
import type { BackgroundTaskResult } from "../task/task";

// What a message says if no task of a name is known to have started since the start of a wait: which others there are,
// and how to accept one of them. Each cure has a line of its own.

/** What a search saw of the name, newest first. */
interface OtherRuns {
  /** Too close to the start for what is known of the clocks, or without a time. */
  undecided: BackgroundTaskResult[];
  before: BackgroundTaskResult[];
}

const addDependsOn = "If this program starts the operation, add it to the wait's dependsOn.";

export function adviceOnSearch({ undecided, before }: OtherRuns, start: ServiceMoment | undefined): string {
  const none = start ? noneSince(start) : "";
  const [close] = undecided;
  if (close) {
    const withinMs = start ? Math.ceil(start.greatestMs - start.leastMs) : 0;
    return lines(
      `${none} The newest other is ${describeOther(close)}, which is too close to the start of this wait to tell which ` +
        `was first (the clocks are known to within ${withinMs} ms).`,
      "To accept it, set createdAfter to that time.",
    );
  }
  const [old] = before;
  if (old) {
    return lines(
      `${none} The newest other is ${describeOther(old)}, which is older.`,
      "To accept it, set createdAfter to that time.",
      addDependsOn,
    );
  }
  return lines(
    start ? `${none} There is no older one either.` : "",
    "Check the name, which is compared exactly, the instance's id, the project and the region.",
    addDependsOn,
  );
}

/** For names that a barrier expects; `older` has the newest run of each name that has one. */
export function adviceOnExpected(
  names: string[],
  older: BackgroundTaskResult[],
  from: ServiceMoment | undefined,
): string {
  const found = shortList(older, (task) => `${describeTasks([task])}, ${started(task)}`, "; ");
  const [newest, accept] =
    older.length === 1
      ? ["The newest older one is", "To accept it, set createdAfter to that time."]
      : ["The newest older ones are", "To accept them, set createdAfter to the earliest of these times."];
  const facts = [
    names.length === 1 ? "It must appear, because expect names it." : "Each must appear, because expect names them.",
    ...(from ? [noneSince(from)] : []),
    ...(found ? [`${newest} ${found}.`] : []),
  ];
  return lines(facts.join(" "), ...(found ? [accept] : []), addDependsOn);
}

function lines(...sentences: string[]): string {
  return sentences
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");
}

function describeOther(task: BackgroundTaskResult): string {
  const described = describeTask({ ...task, name: undefined }, false);
  return `${described} (${quote(task.status ?? "") || "no status"}), ${started(task)}`;
}

function started({ createdAt }: BackgroundTaskResult): string {
  return `started ${quote(createdAt ?? "") || "at an unknown time"}`;
}

function noneSince({ greatestMs }: ServiceMoment): string {
  return `None started at or after ${new Date(Math.ceil(greatestMs)).toISOString()}.`;
}

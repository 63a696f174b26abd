import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Parsed } from "../arguments/argumentForm";
import { barrierArguments, type GivenBarrierArguments } from "../arguments/arguments";
import { checkResult, type InputsOfSdk, knownInputs, withFixedStart } from "./checkedInputs";
import { waitUntilQuiet } from "../wait/barrier";
import { systemClock } from "../clock/clock";
import { checkSettingsInPreview, warnOfMissingSettings } from "./previewedSettings";
import { identityAt } from "./stackConfiguration";
import { inItsCloud, recordedCloud } from "./recordedCloud";
import { changesOf, defined, diffResult, type GivenNames, recordOutcome, type ResourceKind } from "./recordedState";
import { withProgressOnRow } from "./engineLink";
import { formatBarrierId } from "./resourceId";
import { instanceViewWith } from "../service/instanceView";
import { checkIdIn } from "../service/pathSegment";
import type { Outcome } from "../wait/outcome";
import { hasFailed, throwIfAnyFailed } from "../task/verdict";
import type { BarrierFindings } from "../wait/waitedTasks";
import { barrierOptionsOf } from "../arguments/waitOptions";
export { configure } from "./stackConfiguration";

// What the barrier does in the provider process.

type Inputs = GivenBarrierArguments & InputsOfSdk;
type Arguments = Parsed<typeof barrierArguments>;

/** What the state keeps: the arguments, and what an update needs to resume the barrier. */
type Recorded = Partial<GivenBarrierArguments> &
  Partial<BarrierFindings> &
  GivenNames & {
    /** Whether the instance was quiet in the end. */
    isQuiet?: boolean;
  };

const kind: ResourceKind<Arguments, BarrierFindings> = {
  form: barrierArguments,
  formatId: formatBarrierId,
  projectOf: ({ tasks }) => tasks[0]?.projectId,
  fieldsOf: ({ tasks, start, expectFrom }, isQuiet) => ({ tasks: tasks.map(defined), start, expectFrom, isQuiet }),
  throwIfFailed: ({ tasks }, args) => throwIfAnyFailed(args.instanceId, tasks, args, "QuietInstance"),
};

export async function check(olds: Partial<Inputs>, news: Inputs): Promise<dynamic.CheckResult> {
  return checkSettingsInPreview(olds, news, checkResult(withFixedStart(olds, news), barrierArguments));
}

export async function diff(_id: string, olds: Recorded, news: Inputs): Promise<dynamic.DiffResult> {
  const { replaces, isAdjusted } = changesOf(barrierArguments, olds, news);
  const isOpen = !isAccepted(olds, barrierArguments.withDefaults(knownInputs(news)));
  if (isOpen) {
    warnOfMissingSettings(inItsCloud(olds, news));
  }
  return diffResult(replaces, isAdjusted || isOpen);
}

export async function create(inputs: Inputs): Promise<dynamic.CreateResult> {
  return recordOutcome(kind, inputs, { found: { tasks: [] } }, (args) => waitFor(args));
}

export async function update(id: string, olds: Recorded, news: Inputs): Promise<dynamic.UpdateResult> {
  const { start, expectFrom } = olds;
  const tasks = tasksOf(olds);
  const found = { tasks: tasks ?? [], start, expectFrom };
  const isOnlyJudgedAnew = olds.isQuiet === true && tasks !== undefined && olds.failOnError !== news.failOnError;
  const { outs } = await recordOutcome(kind, news, { id, found, cloudProvider: recordedCloud(olds) }, async (args) =>
    isAccepted(olds, args) || isOnlyJudgedAnew ? { state: "finished", result: found } : waitFor(args, found),
  );
  return { outs };
}

/** A refresh has nothing to look at: a barrier records what is past. */
export async function read(id: string, props: Recorded): Promise<dynamic.ReadResult> {
  return { id, props };
}

/** Whether a barrier has ended and needs no further wait. */
function isAccepted(olds: Recorded, { failOnError }: Arguments): boolean {
  const tasks = tasksOf(olds);
  return olds.isQuiet === true && tasks !== undefined && !(failOnError && tasks.some(hasFailed));
}

/** The recorded tasks; undefined if the state, which anybody may have edited, has something else there. */
function tasksOf({ tasks = [] }: Recorded): Recorded["tasks"] {
  const isObject = (task: unknown) => typeof task === "object" && task !== null;
  return Array.isArray(tasks) && tasks.every(isObject) ? tasks : undefined;
}

async function waitFor(args: Arguments, found?: BarrierFindings): Promise<Outcome<BarrierFindings, BarrierFindings>> {
  const { service, instanceId, name } = args;
  found?.tasks.forEach(({ taskId }) => checkIdIn("the state", taskId));
  const view = instanceViewWith(identityAt(args), service);
  const options = { ...barrierOptionsOf(args, args.startedAtMs), found };
  return withProgressOnRow(args.resourceUrn, (hooks) =>
    waitUntilQuiet({ view, instanceId, filter: { name }, options, clock: systemClock, ...hooks }),
  );
}

import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Parsed } from "../arguments/argumentForm";
import { type GivenTaskArguments, taskArguments } from "../arguments/arguments";
import { checkResult, type InputsOfSdk, knownInputs } from "./checkedInputs";
import { systemClock } from "../clock/clock";
import { describeMissing } from "../task/descriptions";
import { BackgroundTaskError } from "../task/errors";
import { noteNamedTask } from "./namedTasks";
import { untilCancelled } from "./engineCancel";
import { fieldOfCloud, inItsCloud, recordedCloud } from "./recordedCloud";
import { checkSettingsInPreview, warnOfMissingSettings } from "./previewedSettings";
import { configuredCloud, identityAt } from "./stackConfiguration";
import { changesOf, defined, diffResult, type GivenNames, recordOutcome, type ResourceKind } from "./recordedState";
import { withProgressOnRow } from "./engineLink";
import { formatResourceId, parseResourceId } from "./resourceId";
import { isSearchedFor, takeSearchMs } from "./searches";
import type { ServiceName } from "../task/services";
import type { Place } from "../settings/settings";
import { sharedLookWith } from "../service/sharedLooks";
import { type BackgroundTaskResult, taskFields } from "../task/task";
import { lookWith } from "../service/taskLook";
import { checkIdIn } from "../service/pathSegment";
import { isTerminal, kindOfStatus } from "../task/taskStatus";
import { isAccepted, throwIfFailed } from "../task/verdict";
import { paceOf } from "../arguments/waitOptions";
import type { Outcome } from "../wait/outcome";
import { waitForTask, type WaitOptions } from "../wait/waiter";
import { withoutStack } from "../output/withoutStack";
export { configure } from "./stackConfiguration";

type Inputs = GivenTaskArguments & { taskId: string } & InputsOfSdk;
type Arguments = Parsed<typeof taskArguments> & { taskId: string };

/** The task as last seen, if it ever appeared. */
type Found = BackgroundTaskResult | undefined;

/** What the state keeps: the arguments, overwritten by the fields of the task as last seen. */
type Recorded = Partial<Inputs> & Partial<BackgroundTaskResult> & GivenNames;

const kind: ResourceKind<Arguments, Found> = {
  form: taskArguments,
  formatId: formatResourceId,
  projectOf: (task) => task?.projectId,
  fieldsOf: (task) => task ?? {},
  throwIfFailed: (task, args) =>
    throwIfFailed(task!, args, isSearchedFor(args) ? "resource by name" : "resource by id"),
};

/** Reports the faults of the arguments. */
export async function check(olds: Recorded, news: Inputs): Promise<dynamic.CheckResult> {
  noteNamedTask(news);
  const { failures = [], ...result } = checkResult(news, taskArguments);
  const own = failures.filter(({ property }) => property !== "taskId" || !hasFailedSearch(news));
  return checkSettingsInPreview(olds, news, { ...result, failures: own });
}

export async function diff(_id: string, olds: Recorded, news: Inputs): Promise<dynamic.DiffResult> {
  const changes = changesOf(taskArguments, olds, news);
  // If taskId was a job's id, the state may have the id of the task that the job belongs to.
  const isSameTask = news.taskId === olds.jobId;
  const replaces = changes.replaces.filter((name) => !(name === "taskId" && isSameTask));
  // The engine also remembers that a wait failed, but forgets it at a refresh.
  const isOpen = !wasSeen(olds) || !isAccepted(olds.status, taskArguments.withDefaults(knownInputs(news)));
  if (isOpen) {
    warnOfMissingSettings(inItsCloud(olds, news));
  }
  return diffResult(replaces, changes.isAdjusted || isOpen);
}

export async function create(inputs: Inputs): Promise<dynamic.CreateResult> {
  checkIsFound(inputs);
  return recordOutcome(kind, inputs, { found: undefined }, (args) => waitFor(args, { spentMs: takeSearchMs(args) }));
}

export async function update(id: string, olds: Recorded, news: Inputs): Promise<dynamic.UpdateResult> {
  checkIsFound(news);
  const found = wasSeen(olds) ? taskOf(olds) : undefined;
  const { outs } = await recordOutcome(kind, news, { id, found, cloudProvider: recordedCloud(olds) }, async (args) => {
    if (!found || !(isAccepted(found.status, args) || isTerminal(found.status, found.service))) {
      return waitFor(args, { lastSeen: found });
    }
    const isOnlyJudgedAnew = isAccepted(found.status, args) || olds.failOnError !== news.failOnError;
    return { state: "finished", result: isOnlyJudgedAnew ? found : await lookAgain(args, found) };
  });
  return { outs };
}

/** One look, for a refresh or `BackgroundTask.get`. A recorded outcome stays, even if the task's record has changed. */
export async function read(id: string, props: Recorded): Promise<dynamic.ReadResult> {
  if (isTerminal(props.status, props.service)) {
    return { id, props };
  }
  try {
    const { projectId, ...subject } = parseResourceId(id);
    if (props.projectId !== undefined) {
      checkIdIn("the state", props.projectId);
    }
    // A refresh has the recorded inputs, `BackgroundTask.get` only the id.
    const isRefresh = props.instanceId !== undefined;
    const cloudProvider = isRefresh ? recordedCloud(props) : configuredCloud(props);
    const seen = await lookOnce({ projectId, ...props, cloudProvider, ...subject });
    if (!seen && !isRefresh) {
      throw new BackgroundTaskError(describeMissing(subject));
    }
    return { id, props: seen ? { ...props, ...fieldOfCloud(cloudProvider), ...defined(seen) } : props };
  } catch (error) {
    throw withoutStack(error as Error, "");
  }
}

/** With --continue-on-error the engine checks a resource although its search has failed, and then leaves it out. */
function hasFailedSearch(news: Partial<Inputs>): boolean {
  return news.taskId === undefined && isSearchedFor(news);
}

/** @throws if the resource is not left out. */
function checkIsFound(news: Partial<Inputs>): void {
  if (hasFailedSearch(news)) {
    const message = "the search for this task did not succeed: see the error of its BackgroundTaskSearch";
    throw withoutStack(new BackgroundTaskError(message), "");
  }
}

async function waitFor(
  args: Arguments,
  before: Pick<WaitOptions, "lastSeen" | "spentMs">,
): Promise<Outcome<Found, Found>> {
  const showTask = sharedLookWith(identityAt(args), args.service, args.instanceId);
  const options = { ...paceOf(args), wait: args.wait, ...before };
  return withProgressOnRow(args.resourceUrn, (hooks) =>
    waitForTask({ showTask, subject: args, options, clock: systemClock, ...hooks }),
  );
}

/** The service may have repaired a failed task; only that changes a recorded outcome. */
async function lookAgain(args: Arguments, found: BackgroundTaskResult): Promise<BackgroundTaskResult> {
  const seen = await lookOnce(args).catch(() => undefined);
  return seen && kindOfStatus(seen.status, seen.service) === "success" ? seen : found;
}

const lookTimeoutMs = 10_000;

async function lookOnce(
  args: Place & { instanceId: string; taskId: string; service: ServiceName },
): Promise<BackgroundTaskResult | undefined> {
  const look = lookWith(identityAt(args), args.service);
  const { task } = await untilCancelled((signal) => look(args, { timeoutMs: lookTimeoutMs, signal }));
  return task;
}

function taskOf(olds: Recorded): BackgroundTaskResult {
  return Object.fromEntries(taskFields.map((field) => [field, olds[field]])) as unknown as BackgroundTaskResult;
}

function wasSeen(olds: Recorded): boolean {
  return olds.status !== undefined || olds.createdAt !== undefined;
}

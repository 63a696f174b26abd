import type * as dynamic from "@pulumi/pulumi/dynamic";
import { barrierArguments, type GivenBarrierArguments } from "../arguments/arguments";
import { waitUntilQuiet } from "../wait/barrier";
import { systemClock } from "../clock/clock";
import { configuredProject, identityAt } from "./stackConfiguration";
import {
  changedAmong,
  isChangedAmong,
  checkResult,
  defined,
  type Given,
  givenAmong,
  knownInputs,
  type InputsOfSdk,
  NotInitializedError,
  withFixedStart,
} from "./recordedState";
import { reportedWait } from "./engineLink";
import { formatBarrierId } from "./resourceId";
import type { ServiceMoment } from "../clock/startOfWait";
import type { BackgroundTaskResult } from "../task/task";
import { listTasksWith } from "../service/taskList";
import { lookWith } from "../service/taskLook";
import { type Outcome, resultOf } from "../wait/outcome";
import { hasFailed, throwIfAnyFailed } from "../task/verdict";
import type { BarrierFindings } from "../wait/waitedTasks";
import { barrierOptionsOf } from "../arguments/waitOptions";
export { configure } from "./stackConfiguration";

// What the barrier does in the provider process.

type Inputs = GivenBarrierArguments & InputsOfSdk;

type BarrierOutcome = Outcome<BarrierFindings, BarrierFindings>;

type Recorded = Partial<GivenBarrierArguments> &
  Given & {
    /** The tasks waited for, as last seen. */
    tasks?: BackgroundTaskResult[];
    /** Whether the instance had become quiet. */
    isQuiet?: boolean;
    /** When the barrier began, and from when on expected tasks count: an update that resumes it keeps both. */
    start?: ServiceMoment;
    expectFrom?: ServiceMoment;
  };

export async function check(olds: Partial<Inputs>, news: Inputs): Promise<dynamic.CheckResult> {
  return checkResult(withFixedStart(olds, news), barrierArguments);
}

export async function diff(_id: string, olds: Recorded, news: Inputs): Promise<dynamic.DiffResult> {
  const replaces = changedAmong(barrierArguments.identifying, olds, news);
  const isAdjusted = isChangedAmong(barrierArguments.adjusting, olds, news);
  return { changes: replaces.length > 0 || isAdjusted || !isAccepted(olds, knownInputs(news)), replaces };
}

export async function create(inputs: Inputs): Promise<dynamic.CreateResult> {
  const timeoutSeconds = inputs.createTimeoutSeconds ?? inputs.timeoutSeconds;
  const findings = await recordingFailure(undefined, inputs, () => wait({ ...inputs, timeoutSeconds }));
  return { id: idOf(inputs, findings.tasks), outs: outputs(inputs, findings, true) };
}

export async function update(id: string, olds: Recorded, news: Inputs): Promise<dynamic.UpdateResult> {
  const { tasks = [], start, expectFrom } = olds;
  const known = { tasks, start, expectFrom };
  const isOnlyJudgedAnew = olds.isQuiet === true && olds.failOnError !== news.failOnError;
  const timeoutSeconds = news.updateTimeoutSeconds ?? news.timeoutSeconds;
  const findings = await recordingFailure(
    id,
    news,
    async () =>
      isAccepted(olds, news) || isOnlyJudgedAnew
        ? { state: "finished", result: known }
        : wait({ ...news, timeoutSeconds }, known),
    known,
  );
  return { outs: outputs(news, findings, true) };
}

/** What a barrier saw is past: there is nothing to look at again. */
export async function read(id: string, props: Recorded): Promise<dynamic.ReadResult> {
  return { id, props };
}

/** Whether a barrier has ended in a way that needs no further wait. */
function isAccepted(olds: Recorded, news: Inputs): boolean {
  const { failOnError } = barrierArguments.withDefaults(news);
  return olds.isQuiet === true && !(failOnError && olds.tasks?.some(hasFailed));
}

async function recordingFailure(
  id: string | undefined,
  inputs: Inputs,
  wait: () => Promise<BarrierOutcome>,
  known?: BarrierFindings,
): Promise<BarrierFindings> {
  let findings = known;
  let isQuiet = false;
  try {
    const outcome = await wait();
    findings = outcome.state === "finished" ? outcome.result : outcome.found;
    isQuiet = outcome.state === "finished";
    const { tasks } = resultOf(outcome);
    throwIfAnyFailed(inputs.instanceId, tasks, inputs);
    return findings;
  } catch (error) {
    const outs = outputs(inputs, findings, isQuiet);
    throw new NotInitializedError(id ?? idOf(inputs, findings?.tasks), outs, inputs, error as Error);
  }
}

async function wait(inputs: GivenBarrierArguments, found?: BarrierFindings): Promise<BarrierOutcome> {
  const args = barrierArguments.withDefaults(inputs);
  const { service, instanceId, name } = args;
  const identity = identityAt(args);
  const view = { listTasks: listTasksWith(identity, service), showTask: lookWith(identity, service) };
  const options = { ...barrierOptionsOf(args, args.startedAtMs), found };
  return reportedWait(args.resourceUrn, (listener) =>
    waitUntilQuiet({ view, instanceId, filter: { name }, options, clock: systemClock, listener }),
  );
}

function idOf(args: Inputs, tasks: BackgroundTaskResult[] = []): string {
  const { service, instanceId } = barrierArguments.withDefaults(args);
  return formatBarrierId({ service, instanceId, projectId: tasks[0]?.projectId ?? configuredProject(args) });
}

function outputs(inputs: Inputs, findings: BarrierFindings | undefined, isQuiet: boolean): Recorded {
  const { __provider, resourceUrn, ...args } = inputs;
  const { tasks = [], start, expectFrom } = findings ?? {};
  return {
    ...args,
    ...defined({ start, expectFrom }),
    tasks: tasks.map((task) => defined(task) as BackgroundTaskResult),
    isQuiet,
    given: givenAmong(barrierArguments.identifying, inputs),
  };
}

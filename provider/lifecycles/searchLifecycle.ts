import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Parsed } from "../arguments/argumentForm";
import { type GivenSearchArguments, searchArguments } from "../arguments/arguments";
import { checkResult, type InputsOfSdk, withFixedStart } from "./checkedInputs";
import { systemClock } from "../clock/clock";
import { checkSettingsInPreview, warnOfMissingSettings } from "./previewedSettings";
import { identityAt } from "./stackConfiguration";
import { inItsCloud, recordedCloud } from "./recordedCloud";
import { changesOf, diffResult, type GivenNames, recordOutcome, type ResourceKind } from "./recordedState";
import { withProgressOnRow } from "./engineLink";
import { formatSearchId } from "./resourceId";
import { noteSearch } from "./searches";
import { findTask } from "../wait/search";
import type { ServiceMoment } from "../clock/startOfWait";
import { listTasksWith } from "../service/taskList";
import type { Outcome } from "../wait/outcome";
import { paceOf, startOf } from "../arguments/waitOptions";
export { configure } from "./stackConfiguration";

// What the search for a task by its name does in the provider process. It is a resource of its own, because the id that it
// found must be in the state before the wait starts: a killed engine records nothing of a resource that it was creating.

type Inputs = GivenSearchArguments & InputsOfSdk;
type Arguments = Parsed<typeof searchArguments>;

interface Found {
  taskId?: string;
  createdAt?: string;
  /** The start of the wait on the service's clock: an update that resumes the search must not use a later one. */
  start?: ServiceMoment;
  projectId?: string;
}

type Recorded = Partial<GivenSearchArguments> & Omit<Found, "projectId"> & GivenNames;

const kind: ResourceKind<Arguments, Found> = {
  form: searchArguments,
  formatId: formatSearchId,
  projectOf: ({ projectId }) => projectId,
  fieldsOf: ({ taskId, createdAt, start }) => ({ taskId, createdAt, start }),
  // The resource that waits for the task judges its outcome.
  throwIfFailed: () => undefined,
};

export async function check(olds: Partial<Inputs>, news: Inputs): Promise<dynamic.CheckResult> {
  noteSearch(news.resourceUrn);
  return checkSettingsInPreview(olds, news, checkResult(withFixedStart(olds, news), searchArguments));
}

export async function diff(_id: string, olds: Recorded, news: Inputs): Promise<dynamic.DiffResult> {
  const { replaces } = changesOf(searchArguments, olds, news);
  const isOpen = olds.taskId === undefined;
  if (isOpen) {
    warnOfMissingSettings(inItsCloud(olds, news));
  }
  return diffResult(replaces, isOpen);
}

export async function create(inputs: Inputs): Promise<dynamic.CreateResult> {
  return recordOutcome(kind, inputs, { found: {} }, (args) => search(args));
}

export async function update(id: string, olds: Recorded, news: Inputs): Promise<dynamic.UpdateResult> {
  const { taskId, createdAt, start } = olds;
  const { outs } = await recordOutcome(
    kind,
    news,
    { id, found: { start }, cloudProvider: recordedCloud(olds) },
    async (args) =>
      taskId === undefined ? search(args, start) : { state: "finished", result: { taskId, createdAt, start } },
  );
  return { outs };
}

/** A refresh has nothing to look at: the resource that waits for the task does that. */
export async function read(id: string, props: Recorded): Promise<dynamic.ReadResult> {
  return { id, props };
}

async function search(args: Arguments, knownStart?: ServiceMoment): Promise<Outcome<Found, Found>> {
  const listTasks = listTasksWith(identityAt(args), args.service);
  const start = knownStart ? { at: knownStart } : startOf(args.createdAfter, args.startedAtMs ?? systemClock.epochMs());
  const options = { ...paceOf(args), wait: true };
  const startedMs = systemClock.nowMs();
  const outcome = await withProgressOnRow(args.resourceUrn, (hooks) =>
    findTask({ listTasks, subject: args, start, options, clock: systemClock, ...hooks }),
  );
  if (outcome.state === "unfinished") {
    return { ...outcome, found: { start: outcome.found } };
  }
  noteSearch(args.resourceUrn, systemClock.nowMs() - startedMs);
  const { taskId, createdAt, projectId } = outcome.result.task;
  return { state: "finished", result: { taskId, createdAt, projectId, start: outcome.result.start } };
}

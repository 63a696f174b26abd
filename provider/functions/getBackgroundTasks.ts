import * as pulumi from "@pulumi/pulumi";
import { type ListArguments, listArguments } from "../arguments/arguments";
import { AnsweredRequests } from "../wait/retriedRequests";
import { waitUntilQuiet } from "../wait/barrier";
import { systemClock } from "../clock/clock";
import type { Identity } from "../identity/identity";
import {
  afterDependencies,
  type FunctionOptions,
  type FunctionOutputOptions,
  type OutputArgsOf,
} from "./functionOptions";
import { BackgroundTaskError, ServiceError, TaskNotFoundError } from "../task/errors";
import {
  asOneLine,
  checkArguments,
  checkOptions,
  identityInProgram,
  isMocked,
  rowOf,
  withTimesAsText,
} from "./functionCall";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import { isWatched, ProgressReport } from "../wait/progressReport";
import { type BackgroundTaskResult, type CompleteBackgroundTaskResult, parseTaskTime } from "../task/task";
import { matches, type TaskFilter } from "../task/taskFilter";
import { type Ask, listTasksWith, type TaskListing } from "../service/taskList";
import { lookWith } from "../service/taskLook";
import { isTerminal } from "../task/taskStatus";
import { resultOf } from "../wait/outcome";
import { throwIfAnyFailed } from "../task/verdict";
import { barrierOptionsOf, paceOf } from "../arguments/waitOptions";
import type { WaitListener } from "../wait/waiter";

/** Arguments of {@link getBackgroundTasks}. An unknown argument is an error. */
export interface GetBackgroundTasksArgs extends WaitPace, InstancePlace {
  /** The instance whose tasks are meant. */
  instanceId: string;
  /** Only tasks of exactly this name. */
  name?: string;
  /** Only tasks of exactly this status, for instance `EXECUTING`; not with `wait: true`. */
  status?: string;
  /** Only tasks that began at this time or later: a Date or an RFC 3339 time with a zone. */
  createdAfter?: string | Date;
  /** Only tasks that began before this time: a Date or an RFC 3339 time with a zone. */
  createdBefore?: string | Date;
  /** Default false. `true`: resolve when none of them is in progress, with the tasks that were waited for. */
  wait?: boolean;
  /** With `wait: true`, default true. `false`: resolve with failed tasks, too, instead of rejecting. */
  failOnError?: boolean;
  /** With `wait: true`: names of which a task must have appeared first, begun at or after `createdAfter`. */
  expect?: string[];
  /** With `wait: true`: how many seconds no task may be in progress, 0 to 86,400; default 3. */
  quietSeconds?: number;
}

/** Arguments of {@link getBackgroundTasksOutput}: those of {@link GetBackgroundTasksArgs}, as Inputs. */
export type GetBackgroundTasksOutputArgs = OutputArgsOf<GetBackgroundTasksArgs>;

/** What a user's mocks (`pulumi.runtime.setMocks`) are called with; they answer with an object that holds `tasks`. */
const token = "otc:index:getBackgroundTasks";

/**
 * Lists an instance's background tasks, every page of them, newest first. With `wait: true`, resolves when none that
 * matches is in progress, and has not been for `quietSeconds`, with those that were waited for: seen in progress, begun
 * since, or expected.
 *
 * In a preview it looks once and resolves with what it saw; nothing that it sees there fails the preview.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks`, "Listing Background Tasks" of the DMS API.
 *
 * @throws InvalidArgumentError, SettingsError before anything is sent; TasksFailedError when some that were waited for
 * ended badly; WaitTimedOutError at the deadline; TaskNotFoundError, OutcomeUnknownError, PagingError, ServiceError.
 *
 * @example
 * const running = await getBackgroundTasks({ instanceId, status: "EXECUTING" });
 * const ended = await getBackgroundTasks({ instanceId, wait: true });
 */
export async function getBackgroundTasks(
  args: GetBackgroundTasksArgs,
  opts: FunctionOptions = {},
): Promise<BackgroundTaskResult[]> {
  try {
    checkOptions("getBackgroundTasks", opts, ["parent"]);
    const given = checked(args);
    if (isMocked()) {
      return ((await pulumi.runtime.invoke(token, withTimesAsText(args))) as { tasks: BackgroundTaskResult[] }).tasks;
    }
    if (pulumi.runtime.isDryRun()) {
      return (await preview(given, opts.parent)) ?? [];
    }
    return await look(given, opts.parent);
  } catch (error) {
    throw asOneLine(error);
  }
}

/**
 * {@link getBackgroundTasks} with Inputs: what uses the result is created after it. It holds none of the engine's slots
 * while it waits. In a preview the result is unknown where a wait would not be over.
 *
 * @example
 * const settled = getBackgroundTasksOutput({ instanceId, wait: true }, { dependsOn: resize });
 */
export function getBackgroundTasksOutput(
  args: GetBackgroundTasksOutputArgs,
  opts: FunctionOutputOptions = {},
): pulumi.Output<CompleteBackgroundTaskResult[]> {
  const { dependsOn, ...others } = opts;
  try {
    checkOptions("getBackgroundTasksOutput", others, ["parent"]);
  } catch (error) {
    throw asOneLine(error);
  }
  if (isMocked()) {
    return pulumi.runtime
      .invokeOutput<{ tasks: CompleteBackgroundTaskResult[] }>(token, withTimesAsText(args))
      .apply(({ tasks }) => tasks);
  }
  return pulumi.all([pulumi.output(withTimesAsText(args)), afterDependencies(dependsOn)]).apply(async ([resolved]) => {
    try {
      const given = checked(resolved);
      if (!pulumi.runtime.isDryRun()) {
        return (await look(given, opts.parent)) as CompleteBackgroundTaskResult[];
      }
      const seen = await preview(given, opts.parent);
      const isOver = !given.wait && seen?.every(({ status, service }) => isTerminal(status, service));
      return (isOver ? seen : pulumi.unknown) as CompleteBackgroundTaskResult[];
    } catch (error) {
      throw asOneLine(error);
    }
  });
}

function checked(args: GetBackgroundTasksArgs): ListArguments {
  const given = withTimesAsText(args);
  checkArguments("getBackgroundTasks", listArguments.faultsOf(given));
  return listArguments.withDefaults(given);
}

async function look(args: ListArguments, parent: pulumi.Resource | undefined): Promise<BackgroundTaskResult[]> {
  const { instanceId, service, wait } = args;
  const identity = identityInProgram(args);
  const report = new ProgressReport(rowOf(parent), isWatched(), systemClock);
  try {
    if (!wait) {
      return await listPatiently(identity, args, report);
    }
    const view = { listTasks: listTasksWith(identity, service), showTask: lookWith(identity, service) };
    const options = barrierOptionsOf(args);
    const { tasks } = resultOf(
      await waitUntilQuiet({ view, instanceId, filter: filterOf(args), options, clock: systemClock, listener: report }),
    );
    throwIfAnyFailed(instanceId, tasks, args);
    return tasks;
  } finally {
    report.stop();
  }
}

/** Repeats requests that fail for a passing reason, until the deadline. */
async function listPatiently(
  identity: Identity,
  args: ListArguments,
  listener: WaitListener,
): Promise<BackgroundTaskResult[]> {
  const { instanceId } = args;
  const { timeoutMs } = paceOf(args);
  const startedMs = systemClock.nowMs();
  const requests = new AnsweredRequests(systemClock, startedMs + timeoutMs, (...retry) => listener.onRetry?.(...retry));
  const progress = () => ({ elapsedSeconds: (systemClock.nowMs() - startedMs) / 1000, looks: requests.sent });
  try {
    const { tasks, absence } = await list(identity, args, (request) => requests.answered(request));
    if (absence) {
      throw new TaskNotFoundError({ instanceId }, "instance", progress(), absence.reason);
    }
    return tasks;
  } catch (error) {
    throw error instanceof ServiceError ? error.duringWait({ instanceId }, progress()) : error;
  }
}

const previewTimeoutMs = 10_000;

async function preview(
  args: ListArguments,
  parent: pulumi.Resource | undefined,
): Promise<BackgroundTaskResult[] | undefined> {
  try {
    const ask: Ask = (request) => request({ timeoutMs: previewTimeoutMs });
    const { tasks, absence } = await list(identityInProgram(args), args, ask);
    if (absence) {
      throw new BackgroundTaskError(`instance ${args.instanceId} was not found.`);
    }
    return tasks;
  } catch (error) {
    void pulumi.log.warn(`${(error as Error).message} A preview goes on all the same.`, parent);
    return undefined;
  }
}

async function list(identity: Identity, args: ListArguments, ask: Ask): Promise<TaskListing> {
  const { instanceId, service } = args;
  const filter = filterOf(args);
  const { createdAfterMs: createdFromMs, createdBeforeMs: createdUntilMs } = filter;
  const listing = await listTasksWith(identity, service)({ instanceId, createdFromMs, createdUntilMs }, ask);
  return { ...listing, tasks: listing.tasks.filter((task) => matches(task, filter)) };
}

function filterOf({ name, status, createdAfter, createdBefore }: ListArguments): TaskFilter {
  return {
    name,
    status,
    createdAfterMs: parseTaskTime(createdAfter),
    createdBeforeMs: parseTaskTime(createdBefore),
  };
}

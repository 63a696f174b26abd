import * as pulumi from "@pulumi/pulumi";
import { type ArgumentFault, faultsOfFunctionArguments, waitOptionsOf } from "./arguments";
import { type ShowTask, showTaskWith } from "./client";
import { systemClock } from "./clock";
import { identityFor } from "./credentials";
import { afterDependencies } from "./dependencyGate";
import { BackgroundTaskError, InvalidArgumentError, TaskFailedError, TaskNotFoundError } from "./errors";
import { ProgressReport, type ProgressSink } from "./progressReport";
import { readSettings } from "./settings";
import type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "./task";
import { isTerminal } from "./taskStatus";
import { isWatched } from "./terminal";
import { judged } from "./verdict";
import { waitForTask } from "./waiter";

/** Arguments of {@link getBackgroundTask}. An unknown argument is an error. */
export interface GetBackgroundTaskArgs {
  /** The DMS instance the task works on. */
  instanceId: string;
  /** The task's id, or the `job_id` that an operation returned. */
  taskId: string;
  /** Default true. `false`: resolve with the task as it is now. */
  wait?: boolean;
  /** Default true. `false`: resolve with a failed task instead of rejecting. */
  failOnError?: boolean;
  /** `"undefined"`: resolve with undefined when there is no such task. Default `"error"`: reject. */
  ifMissing?: "error" | "undefined";
  /** The whole wait's deadline in seconds, over 0, at most 86,400; default 1,800. */
  timeoutSeconds?: number;
  /** How many seconds a task that is not there yet may take to appear, 0 to 86,400; default 60. */
  appearTimeoutSeconds?: number;
  /** Least number of seconds between two looks, 0.1 to 86,400; default 0.2. */
  minDelaySeconds?: number;
  /** Greatest number of seconds between two looks, 0.1 to 86,400; default 120. */
  maxDelaySeconds?: number;
  /** The project's id; default: from the configuration. */
  projectId?: string;
  /** The region, for instance `eu-de`; default: from the configuration. */
  region?: string;
  /** Base URL of DMS, `https://host[:port]`; default: from the configuration, the service catalog or the region. */
  endpoint?: string;
}

/** Arguments of {@link getBackgroundTaskOutput}: those of {@link GetBackgroundTaskArgs}, as Inputs. */
export type GetBackgroundTaskOutputArgs = {
  [name in keyof GetBackgroundTaskArgs]: pulumi.Input<GetBackgroundTaskArgs[name]>;
};

/** Options of {@link getBackgroundTask}. Those of other functions (`provider`, `version`, ...) mean nothing here. */
export interface GetBackgroundTaskOptions {
  /** Whose row shows the progress; default: the stack's. */
  parent?: pulumi.Resource;
}

/** Options of {@link getBackgroundTaskOutput}. */
export interface GetBackgroundTaskOutputOptions extends GetBackgroundTaskOptions {
  /** What must have been created before the first look. */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** What a user's mocks (`pulumi.runtime.setMocks`) are called with. */
const token = "otc:index:getBackgroundTask";

/**
 * Looks a background task up that exists before the program runs, and resolves when it has ended. For a task that the
 * program itself starts, use {@link getBackgroundTaskOutput} with what starts it, or the resource `BackgroundTask`: an
 * `await` does not wait for resources.
 *
 * In a preview it looks once and resolves with what it saw; nothing that it sees there fails the preview.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks/{task_id}`, "Querying a Background Task" of the DMS API.
 *
 * @throws InvalidArgumentError, SettingsError before anything is sent; TaskFailedError when the task ended badly;
 * WaitTimedOutError or UnknownStatusError at the deadline; TaskNotFoundError, OutcomeUnknownError, ServiceError.
 *
 * @example
 * const task = await getBackgroundTask({ instanceId, taskId: "8abfa7b272adc5b40172b73130065ae7" });
 * export const boundAddress = task.parameters?.public_ip_address;
 */
export function getBackgroundTask(
  args: GetBackgroundTaskArgs & { ifMissing: "undefined" },
  opts?: GetBackgroundTaskOptions,
): Promise<BackgroundTaskResult | undefined>;
export function getBackgroundTask(
  args: GetBackgroundTaskArgs,
  opts?: GetBackgroundTaskOptions,
): Promise<BackgroundTaskResult>;
export async function getBackgroundTask(
  args: GetBackgroundTaskArgs,
  opts: GetBackgroundTaskOptions = {},
): Promise<BackgroundTaskResult | undefined> {
  try {
    checkOptions("getBackgroundTask", opts, ["parent"]);
    checkArguments(args);
    if (isMocked()) {
      return (await pulumi.runtime.invoke(token, args)) as BackgroundTaskResult;
    }
    if (pulumi.runtime.isDryRun()) {
      return await preview(args, opts.parent);
    }
    return await look(args, opts.parent);
  } catch (error) {
    throw asOneLine(error);
  }
}

/**
 * {@link getBackgroundTask} with Inputs: what uses the result is created after the task has ended. It holds none of the
 * engine's slots while it waits. In a preview the result is unknown unless the task has ended already.
 *
 * @example
 * const task = getBackgroundTaskOutput({ instanceId, taskId: reassign.jobId });
 * const check = new Check("after", { reassigned: task.status });
 */
export function getBackgroundTaskOutput(
  args: GetBackgroundTaskOutputArgs,
  opts: GetBackgroundTaskOutputOptions = {},
): pulumi.Output<CompleteBackgroundTaskResult> {
  const { dependsOn, ...others } = opts;
  try {
    checkOptions("getBackgroundTaskOutput", others, ["parent"]);
  } catch (error) {
    throw asOneLine(error);
  }
  if (isMocked()) {
    return pulumi.runtime.invokeOutput(token, args);
  }
  return pulumi.all([pulumi.output(args), afterDependencies(dependsOn)]).apply(async ([resolved]) => {
    const given = resolved as GetBackgroundTaskArgs;
    try {
      checkArguments(given);
      if (!pulumi.runtime.isDryRun()) {
        return (await look(given, opts.parent)) as CompleteBackgroundTaskResult;
      }
      const seen = await preview(given, opts.parent);
      return (seen && isTerminal(seen.status) ? seen : pulumi.unknown) as CompleteBackgroundTaskResult;
    } catch (error) {
      throw asOneLine(error);
    }
  });
}

async function look(
  args: GetBackgroundTaskArgs,
  parent: pulumi.Resource | undefined,
): Promise<BackgroundTaskResult | undefined> {
  const report = new ProgressReport(rowOf(parent), isWatched(), systemClock);
  try {
    return judged(await waitForTask(openClient(args), args, waitOptionsOf(args), systemClock, report), args);
  } catch (error) {
    if (args.ifMissing === "undefined" && error instanceof TaskNotFoundError && error.missing === "task") {
      return undefined;
    }
    throw error;
  } finally {
    report.stop();
  }
}

const previewTimeoutMs = 10_000;

/**
 * One look, without a second try. What it shows, or that it failed, is told but never fails the preview: without a task,
 * the result has its ids alone.
 */
async function preview(
  args: GetBackgroundTaskArgs,
  parent: pulumi.Resource | undefined,
): Promise<BackgroundTaskResult | undefined> {
  const { instanceId, taskId } = args;
  try {
    const { task } = await openClient(args)(args, { timeoutMs: previewTimeoutMs });
    if (!task && args.ifMissing === "undefined") {
      return undefined;
    }
    if (!task) {
      throw new BackgroundTaskError(`background task ${taskId} of instance ${instanceId} was not found.`);
    }
    return judged(task, args);
  } catch (error) {
    void pulumi.log.warn(`${(error as Error).message} A preview goes on all the same.`, parent);
    return error instanceof TaskFailedError ? error.task : { taskId, instanceId };
  }
}

function openClient(args: GetBackgroundTaskArgs): ShowTask {
  const config = new pulumi.Config("opentelekomcloud");
  return showTaskWith(identityFor(readSettings(args, (key) => config.get(key), process.env)));
}

function rowOf(parent: pulumi.Resource | undefined): ProgressSink {
  return {
    show: (message) => void pulumi.log.info(message, parent, undefined, true),
    keep: (message) => void pulumi.log.info(message, parent),
    warn: (message) => void pulumi.log.warn(message, parent),
    debug: (message) => void pulumi.log.debug(message, parent),
  };
}

function checkArguments(args: GetBackgroundTaskArgs): void {
  const faults: ArgumentFault[] = faultsOfFunctionArguments(args);
  if (faults.length > 0) {
    throw new InvalidArgumentError(faults.map(({ reason }) => `getBackgroundTask: ${reason}.`));
  }
}

function checkOptions(name: string, opts: object, known: string[]): void {
  const unknown = Object.keys(opts).filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(
      unknown.map(
        (option) =>
          `${name}: the option ${JSON.stringify(option)} has no meaning here: the options are ${known.join(", ")}.`,
      ),
    );
  }
}

// A user's unit test: the SDK's mock monitor is the one that has mocks of its own.
function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && Object.hasOwn(monitor, "mocks");
}

// The CLI shows one line of an error that is marked so, and a stack for every other; making that stack readable costs
// Node 20 up to a minute.
function asOneLine(error: unknown): unknown {
  if (error instanceof BackgroundTaskError) {
    Object.defineProperty(error, "__pulumiRunError", { value: true });
    error.stack = undefined;
  }
  return error;
}

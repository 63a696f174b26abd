import * as pulumi from "@pulumi/pulumi";
import { type InputsOf, inputsOf, typeModule, typeTokenOf } from "./resourceInputs";
import { BackgroundTaskSearch } from "./backgroundTaskSearch";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import type { ServiceName } from "../task/services";
import { taskFields } from "../task/task";
import { deletingProvider, taskProvider } from "./serializedProviders";

/** @inline */
interface AnyBackgroundTaskArgs extends InputsOf<WaitPace>, InputsOf<InstancePlace> {
  /** The instance the task works on. */
  instanceId: pulumi.Input<string>;
  /** Default: true. `false`: record the task as it is now, without waiting for its end. */
  wait?: pulumi.Input<boolean>;
  /** Default: true. `false`: record a failed task instead of failing the update; a policy or the program can judge it. */
  failOnError?: pulumi.Input<boolean>;
  /** Default: false. `true`: remove the ended task's record from the service's list when this resource is destroyed. */
  deleteRecord?: boolean;
  /** JSON values; when one changes, the resource is replaced: it waits again. */
  triggers?: pulumi.Input<pulumi.Input<any>[]>;
}

/** @inline */
interface ById {
  /** The task's id, or the `job_id` that an operation returned. Either this or `name`. */
  taskId: pulumi.Input<string>;
  name?: undefined;
  createdAfter?: undefined;
}

/** @inline */
interface ByName {
  taskId?: undefined;
  /**
   * Instead of `taskId`: the newest task of exactly this name, for instance `bindInstancePublicIp`, that started at or
   * after `createdAfter`. An older run never counts. If this program starts the operation, add it to `dependsOn`, or the
   * search may end before the operation starts.
   */
  name: pulumi.Input<string>;
  /**
   * With `name`: the earliest start time that counts, a Date or an RFC 3339 time with a zone, compared with the service's
   * `created_at` to the millisecond. Default: the start of this update.
   */
  createdAfter?: pulumi.Input<string> | Date;
}

/** Arguments of {@link BackgroundTask}: exactly one of `taskId` and `name`. An unknown argument is an error. */
export type BackgroundTaskArgs = AnyBackgroundTaskArgs & (ById | ByName);

const typeName = "BackgroundTask";

/**
 * Waits, during `pulumi up`, until a background task of a DMS or DCS instance has ended. Resources that depend on it are
 * created after that, and not at all if the task failed. The state keeps the outcome: a second `up` sends no request. If
 * the wait times out or is interrupted, the next update resumes it.
 *
 * Set the credentials and the project in the Pulumi configuration (`opentelekomcloud:...` or `huaweicloud:...`), the
 * environment (`OS_...` or `HW_...`) or clouds.yaml.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks/{task_id}`, "Querying a Background Task" of the DMS API.
 *
 * @example
 * const reassigned = new BackgroundTask("reassigned", { instanceId, taskId: reassignment.jobId });
 * const bound = new BackgroundTask("bound", { instanceId, name: "bindInstancePublicIp" }, { dependsOn: binding });
 * const topic = new Topic("orders", { instanceId }, { dependsOn: bound });
 */
export class BackgroundTask extends pulumi.dynamic.Resource {
  /** @internal */
  static readonly __pulumiType: string = typeTokenOf(typeName);

  /** The instance the task works on. */
  declare readonly instanceId: pulumi.Output<string>;
  /** The task's id, 32 hexadecimal digits or a UUID. */
  declare readonly taskId: pulumi.Output<string>;
  /** The service the instance belongs to. */
  declare readonly service: pulumi.Output<ServiceName>;
  /** The project the instance belongs to. */
  declare readonly projectId: pulumi.Output<string | undefined>;
  /** What the task does, for instance `bindInstancePublicIp`. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The status at the end: `SUCCESS`, or with `failOnError: false` also `FAILED`, `DELETED` or `CANCELLED`. */
  declare readonly status: pulumi.Output<string | undefined>;
  /** The operation's parameters as the service keeps them. */
  declare readonly params: pulumi.Output<string | undefined>;
  /** `params` parsed, if it is a JSON object. */
  declare readonly parameters: pulumi.Output<{ [name: string]: any } | undefined>;
  /** The id of the user who started the task. */
  declare readonly userId: pulumi.Output<string | undefined>;
  /** The name of that user. */
  declare readonly userName: pulumi.Output<string | undefined>;
  /** When the task started, RFC 3339 in UTC. */
  declare readonly createdAt: pulumi.Output<string | undefined>;
  /** When the task ended, RFC 3339 in UTC. */
  declare readonly updatedAt: pulumi.Output<string | undefined>;
  /** DCS: the job that does the task's work. */
  declare readonly jobId: pulumi.Output<string | undefined>;
  /** Why the task failed. Only DCS provides it. */
  declare readonly failReason: pulumi.Output<string | undefined>;
  /** Seconds from `createdAt` to `updatedAt`, once the task has ended. */
  declare readonly durationSeconds: pulumi.Output<number | undefined>;

  /**
   * @param name - The resource's name in the program.
   * @param args - Which task to wait for, and how.
   * @param opts - `customTimeouts.create` and `.update` take precedence over `timeoutSeconds`.
   */
  constructor(name: string, args: BackgroundTaskArgs, opts?: pulumi.CustomResourceOptions) {
    if (args.deleteRecord !== undefined && typeof args.deleteRecord !== "boolean") {
      throw new pulumi.RunError("deleteRecord must be true or false, not an Output.");
    }
    const provider = args.deleteRecord === true ? deletingProvider : taskProvider;
    const inputs = inputsOf(name, BackgroundTask.__pulumiType, withTaskId(name, args, opts), taskFields, opts);
    const { stackTraceLimit } = Error;
    // The SDK takes four stack traces for each property, to report the origin of a promise that never settles. For a
    // resource with this many outputs, that is most of its cost in the program.
    Error.stackTraceLimit = process.env["PULUMI_DEBUG_PROMISE_LEAKS"] ? stackTraceLimit : 0;
    try {
      super(provider, name, inputs, opts, typeModule, typeName);
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      Error.captureStackTrace(error as Error);
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  /**
   * Reads a task that another stack or program waited for, without waiting.
   *
   * @param id - `kafka/{project}/{instance}/{task}`, the `id` of a BackgroundTask.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): BackgroundTask {
    return new BackgroundTask(name, {} as BackgroundTaskArgs, { ...opts, id });
  }

  /** Whether a value is a BackgroundTask, even of another copy of this package. */
  static override isInstance(value: any): value is BackgroundTask {
    return (
      pulumi.Resource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === BackgroundTask.__pulumiType
    );
  }
}

/** The arguments with the id in place of the name, if only the name is set. */
function withTaskId(name: string, args: BackgroundTaskArgs, opts?: pulumi.CustomResourceOptions): object {
  if (args.name === undefined || args.taskId !== undefined || opts?.id !== undefined) {
    return args;
  }
  const { name: _, createdAfter, ...others } = args;
  return { ...others, taskId: new BackgroundTaskSearch(name, args, opts).taskId };
}

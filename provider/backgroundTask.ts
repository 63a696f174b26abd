import * as pulumi from "@pulumi/pulumi";
import { parseGoDuration } from "./goDuration";
import { jsonInput } from "./jsonInput";
import { taskFields } from "./task";

/** Arguments of {@link BackgroundTask}. An unknown argument is an error. */
export interface BackgroundTaskArgs {
  /** The DMS instance the task works on. */
  instanceId: pulumi.Input<string>;
  /** The task's id, or the `job_id` that an operation returned. */
  taskId: pulumi.Input<string>;
  /** Default true. `false`: record the task as it is now, without waiting for its end. */
  wait?: pulumi.Input<boolean>;
  /** Default true. `false`: record a failed task instead of failing the update, for a policy or the program to judge. */
  failOnError?: pulumi.Input<boolean>;
  /** The whole wait's deadline in seconds, over 0, at most 86,400; default 1,800. `customTimeouts` of the options win. */
  timeoutSeconds?: pulumi.Input<number>;
  /** How many seconds a task that is not there yet may take to appear, 0 to 86,400; default 60. */
  appearTimeoutSeconds?: pulumi.Input<number>;
  /** Least number of seconds between two looks, 0.1 to 86,400; default 0.2. */
  minDelaySeconds?: pulumi.Input<number>;
  /** Greatest number of seconds between two looks, 0.1 to 86,400; default 120. */
  maxDelaySeconds?: pulumi.Input<number>;
  /** JSON values; when one changes, the resource is replaced, that is, the wait is done again. */
  triggers?: pulumi.Input<pulumi.Input<any>[]>;
  /** The project's id; default: from the configuration. */
  projectId?: pulumi.Input<string>;
  /** The region, for instance `eu-de`; default: from the configuration. */
  region?: pulumi.Input<string>;
  /** Base URL of DMS, `https://host[:port]`; default: from the configuration, the service catalog or the region. */
  endpoint?: pulumi.Input<string>;
}

const typeModule = "otc";
const typeName = "BackgroundTask";

// The SDK writes this object, as text, into the state of every resource, twice. So that the text is short and stays the
// same from one release to the next, it only finds the package by name and becomes what that exports: the SDK calls
// `configure` first, on the object that it keeps. Where the package is gone, the object stays without operations, which
// is enough to refresh and to destroy: a finished task has nothing to delete. An import would be captured by value.
/* eslint-disable @typescript-eslint/no-require-imports */
const provider = {
  configure: function (this: object, request: pulumi.dynamic.ConfigureRequest): unknown {
    try {
      return (Object.assign(this, require("pulumi-otc-background-task/lifecycle")) as Lifecycle).configure(request);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
        throw error;
      }
      return undefined;
    }
  },
} as unknown as pulumi.dynamic.ResourceProvider;
/* eslint-enable */

type Lifecycle = typeof import("./lifecycle");

/**
 * Waits, during `pulumi up`, until a background task of a DMS instance has ended: what depends on this resource is
 * created after that, and not at all if the task failed. The outcome is kept in the state, so that a second `up` sends
 * no request; an update that was interrupted, or whose deadline passed, is resumed by the next one.
 *
 * The credentials and the project come from the Pulumi configuration (`opentelekomcloud:...`) or the environment
 * (`OS_...`).
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks/{task_id}`, "Querying a Background Task" of the DMS API.
 *
 * @example
 * const bound = new BackgroundTask("bound", { instanceId, taskId: bind.taskId });
 * const topic = new Topic("orders", { instanceId }, { dependsOn: bound });
 */
export class BackgroundTask extends pulumi.dynamic.Resource {
  /** @internal */
  static readonly __pulumiType: string = `pulumi-nodejs:dynamic/${typeModule}:${typeName}`;

  declare readonly instanceId: pulumi.Output<string>;
  declare readonly taskId: pulumi.Output<string>;
  declare readonly projectId: pulumi.Output<string | undefined>;
  /** What the task does, for instance `bindInstancePublicIp`. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The status at the end: `SUCCESS`, or with `failOnError: false` also `FAILED`, `DELETED` or `CANCELLED`. */
  declare readonly status: pulumi.Output<string | undefined>;
  /** The operation's parameters as the service keeps them. */
  declare readonly params: pulumi.Output<string | undefined>;
  /** `params` parsed, where it is a JSON object. */
  declare readonly parameters: pulumi.Output<{ [name: string]: any } | undefined>;
  declare readonly userId: pulumi.Output<string | undefined>;
  declare readonly userName: pulumi.Output<string | undefined>;
  /** When the task began, RFC 3339 in UTC. */
  declare readonly createdAt: pulumi.Output<string | undefined>;
  /** When the task ended, RFC 3339 in UTC. */
  declare readonly updatedAt: pulumi.Output<string | undefined>;
  declare readonly durationSeconds: pulumi.Output<number | undefined>;

  /**
   * @param name - The resource's name in the program.
   * @param args - Which task, and how to wait for it.
   * @param opts - `customTimeouts.create` and `.update` win over `timeoutSeconds`.
   */
  constructor(name: string, args: BackgroundTaskArgs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, propertiesOf(name, args, opts), opts, typeModule, typeName);
  }

  /**
   * Reads a task that another stack or program waited for, without waiting.
   *
   * @param id - `kafka/{project}/{instance}/{task}`, the `id` of a BackgroundTask.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): BackgroundTask {
    return new BackgroundTask(name, {} as BackgroundTaskArgs, { ...opts, id });
  }

  /** Whether something is a BackgroundTask, also one of another copy of this package. */
  static override isInstance(value: any): value is BackgroundTask {
    return (
      pulumi.Resource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === BackgroundTask.__pulumiType
    );
  }
}

function propertiesOf(name: string, args: BackgroundTaskArgs, opts: pulumi.CustomResourceOptions = {}): pulumi.Inputs {
  // A property that is passed, even as undefined, exists as an output.
  const outputs = Object.fromEntries(taskFields.map((field) => [field, undefined]));
  if (opts.id !== undefined) {
    return outputs;
  }
  const { create, update } = opts.customTimeouts ?? {};
  return {
    ...outputs,
    ...Object.fromEntries(Object.entries(args).map(([argument, value]) => [argument, jsonInput(value, argument)])),
    // The engine keeps custom timeouts to itself, and a provider process does not know which resource it works for.
    createTimeoutSeconds: create === undefined ? undefined : parseGoDuration(create),
    updateTimeoutSeconds: update === undefined ? undefined : parseGoDuration(update),
    resourceUrn: urnOf(name, opts.parent),
  };
}

/**
 * The URN that the engine will give, as a promise: an Output would make the resource depend on its parent, and so, where
 * that is a component, on all of the component's children, itself among them.
 */
function urnOf(name: string, parent: pulumi.Resource | undefined): Promise<pulumi.URN> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, BackgroundTask.__pulumiType, parent).apply(resolve);
  });
}

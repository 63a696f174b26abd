import * as pulumi from "@pulumi/pulumi";
import { type InputsOf, inputsOf, typeModule, typeTokenOf } from "./resourceInputs";
import { startOfUpdate } from "./startOfUpdate";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import type { BackgroundTaskResult } from "../task/task";
import { barrierProvider } from "./serializedProviders";

/** Arguments of {@link QuietInstance}. An unknown argument is an error. */
export interface QuietInstanceArgs extends InputsOf<WaitPace>, InputsOf<InstancePlace> {
  /** The instance that must be quiet. */
  instanceId: pulumi.Input<string>;
  /** Only tasks of exactly this name. Default: all. */
  name?: pulumi.Input<string>;
  /**
   * Names of tasks that must have appeared first: the service may not list a task yet that has just started. A task counts
   * if it started at or after `createdAfter`. Do not combine it with `triggers` that can change without a new operation:
   * the replaced resource would wait for a task that never appears.
   */
  expect?: pulumi.Input<pulumi.Input<string>[]>;
  /** The earliest start time of an expected task, an RFC 3339 time with a zone. Default: the start of this update. */
  createdAfter?: pulumi.Input<string> | Date;
  /** How many seconds no task may be in progress, 0 to 86,400. Default: 3. */
  quietSeconds?: pulumi.Input<number>;
  /**
   * Default: true: wait as well until the instance's own status is RUNNING, which may lag its last task. It needs the permission
   * `dms:instance:get` (DCS: `dcs:instance:get`). `false`: the tasks alone decide.
   */
  untilRunning?: pulumi.Input<boolean>;
  /** Default: true. `false`: record failed tasks instead of failing the update. */
  failOnError?: pulumi.Input<boolean>;
  /**
   * JSON values. When one changes, the resource is replaced, and waits again; otherwise a wait that has ended stays
   * unchanged. Set it to the inputs of the operations before and after it.
   */
  triggers?: pulumi.Input<pulumi.Input<any>[]>;
}

const typeName = "QuietInstance";

/**
 * A barrier: waits, during `pulumi up`, until no background task of an instance has been in progress for `quietSeconds`, and the
 * instance's own status is RUNNING. A
 * busy instance would reject the next operation with `DMS.00400017` or `DMS.00400026`. It waits for the tasks that it saw
 * in progress, that started after it did, or that are named in `expect`. If one of them fails, the update fails and lists
 * all that did.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks`, "Listing Background Tasks" of the DMS API, and
 * `GET /v2/{project_id}/instances/{instance_id}`, "Querying an Instance".
 *
 * @example
 * const quiet = new QuietInstance("quiet", { instanceId, triggers: [retention] }, { dependsOn: configured });
 * const resized = new Resize("resized", { instanceId, brokers }, { dependsOn: quiet });
 */
export class QuietInstance extends pulumi.dynamic.Resource {
  /** @internal */
  static readonly __pulumiType: string = typeTokenOf(typeName);

  /** The instance that was waited for. */
  declare readonly instanceId: pulumi.Output<string>;
  /** The tasks that it waited for, newest first. */
  declare readonly tasks: pulumi.Output<BackgroundTaskResult[]>;

  /**
   * @param name - The resource's name in the program.
   * @param args - Which instance to wait for, and how.
   * @param opts - `customTimeouts.create` and `.update` take precedence over `timeoutSeconds`.
   */
  constructor(name: string, args: QuietInstanceArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = inputsOf(name, QuietInstance.__pulumiType, args, ["tasks"], opts);
    super(barrierProvider, name, { ...inputs, ...startOfUpdate() }, opts, typeModule, typeName);
  }

  /** Whether a value is a QuietInstance, even of another copy of this package. */
  static override isInstance(value: any): value is QuietInstance {
    return (
      pulumi.Resource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === QuietInstance.__pulumiType
    );
  }
}

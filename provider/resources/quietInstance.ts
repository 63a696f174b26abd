import * as pulumi from "@pulumi/pulumi";
import { type InputsOf, inputsOf, typeModule, typeTokenOf } from "./resourceInputs";
import { startOfUpdate } from "./startOfUpdate";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import type { BackgroundTaskResult } from "../task/task";
import { barrierProvider } from "./serializedProviders";

/** Arguments of {@link QuietInstance}. An unknown argument is an error. */
export interface QuietInstanceArgs extends InputsOf<WaitPace>, InputsOf<InstancePlace> {
  /** The instance whose tasks are waited for. */
  instanceId: pulumi.Input<string>;
  /** Only tasks of exactly this name; default: all. */
  name?: pulumi.Input<string>;
  /**
   * Names of which a task must have appeared before the barrier can end: an operation that has just begun may not be
   * listed yet. A task counts that began at or after `createdAfter`. Not together with `triggers` that can change
   * without the operation being done again: the new barrier would wait for a task that never appears.
   */
  expect?: pulumi.Input<pulumi.Input<string>[]>;
  /** From when on an expected task counts, an RFC 3339 time with a zone. Default: when this update began. */
  createdAfter?: pulumi.Input<string> | Date;
  /** How many seconds no task may be in progress, 0 to 86,400; default 3. */
  quietSeconds?: pulumi.Input<number>;
  /** Default true. `false`: record failed tasks instead of failing the update. */
  failOnError?: pulumi.Input<boolean>;
  /**
   * JSON values; when one changes, the resource is replaced, that is, the wait is done again. A barrier that has ended
   * stays unchanged otherwise: give it the inputs of the operations before and after it.
   */
  triggers?: pulumi.Input<pulumi.Input<any>[]>;
}

const typeName = "QuietInstance";

/**
 * A barrier: waits, during `pulumi up`, until no background task of an instance is in progress, and has not been for
 * `quietSeconds`. What depends on it finds an instance that is not busy, which would refuse the next operation with
 * `DMS.00400017` or `DMS.00400026`. Waited for are tasks that were seen in progress, that began after the barrier did, or
 * that were expected; if one of them failed, so does the update, with a list of all that did.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks`, "Listing Background Tasks" of the DMS API.
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
  /** The tasks that were waited for, newest first. */
  declare readonly tasks: pulumi.Output<BackgroundTaskResult[]>;

  /**
   * @param name - The resource's name in the program.
   * @param args - Which instance, and how to wait for it.
   * @param opts - `customTimeouts.create` and `.update` win over `timeoutSeconds`.
   */
  constructor(name: string, args: QuietInstanceArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = inputsOf(name, QuietInstance.__pulumiType, args, ["tasks"], opts);
    super(barrierProvider, name, { ...inputs, ...startOfUpdate() }, opts, typeModule, typeName);
  }

  /** Whether something is a QuietInstance, also one of another copy of this package. */
  static override isInstance(value: any): value is QuietInstance {
    return (
      pulumi.Resource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === QuietInstance.__pulumiType
    );
  }
}

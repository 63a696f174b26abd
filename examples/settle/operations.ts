import * as pulumi from "@pulumi/pulumi";
import { isInstanceBusy } from "pulumi-otc-background-task";
import { extendStorage, modifyConfig } from "./dms";

interface StorageInputs {
  instanceId: string;
  gigabytes: number;
}

interface RetentionInputs {
  instanceId: string;
  hours: number;
}

/** Extends an instance's storage, and does not wait until that has happened. */
export class Storage extends pulumi.dynamic.Resource {
  constructor(
    name: string,
    args: { [input in keyof StorageInputs]: pulumi.Input<StorageInputs[input]> },
    opts: pulumi.CustomResourceOptions,
  ) {
    const provider = providerOf<StorageInputs>("gigabytes", (inputs) =>
      extendStorage(inputs.instanceId, inputs.gigabytes),
    );
    super(provider, name, args, opts, "example", "Storage");
  }
}

/** Sets for how long messages are kept, and does not wait until that has happened. */
export class Retention extends pulumi.dynamic.Resource {
  constructor(
    name: string,
    args: { [input in keyof RetentionInputs]: pulumi.Input<RetentionInputs[input]> },
    opts: pulumi.CustomResourceOptions,
  ) {
    const provider = providerOf<RetentionInputs>("hours", ({ instanceId, hours }) =>
      modifyConfig(instanceId, "log.retention.hours", String(hours)),
    );
    super(provider, name, args, opts, "example", "Retention");
  }
}

/** Sends the operation when the resource is created, and again when its input changes. */
function providerOf<Inputs extends { instanceId: string }>(
  input: keyof Inputs,
  operate: (inputs: Inputs) => Promise<void>,
): pulumi.dynamic.ResourceProvider<Inputs> {
  async function send(inputs: Inputs): Promise<void> {
    try {
      await operate(inputs);
    } catch (error) {
      // Nothing is wrong with the operation itself: it was sent too early.
      throw isInstanceBusy(error)
        ? new Error(`instance ${inputs.instanceId} is busy with another operation: ${(error as Error).message}`)
        : error;
    }
  }
  return {
    async create(inputs) {
      await send(inputs);
      return { id: inputs.instanceId, outs: inputs };
    },
    async diff(_id, olds, news) {
      const isElsewhere = olds.instanceId !== news.instanceId;
      return { changes: isElsewhere || olds[input] !== news[input], replaces: isElsewhere ? ["instanceId"] : [] };
    },
    async update(_id, _olds, news) {
      await send(news);
      return { outs: news };
    },
  };
}

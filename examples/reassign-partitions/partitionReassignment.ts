import * as pulumi from "@pulumi/pulumi";
import { reassignPartitions } from "./dms";

interface Inputs {
  instanceId: string;
  topic: string;
  brokers: number[];
}

const provider: pulumi.dynamic.ResourceProvider<Inputs> = {
  async create(inputs) {
    const jobId = await reassignPartitions(inputs.instanceId, inputs.topic, inputs.brokers);
    return { id: jobId, outs: { ...inputs, jobId } };
  },

  async diff(_id, olds, news) {
    const isSame = (name: keyof Inputs) => JSON.stringify(olds[name]) === JSON.stringify(news[name]);
    const replaces = (["instanceId", "topic", "brokers"] as const).filter((name) => !isSame(name));
    return { changes: replaces.length > 0, replaces };
  },
};

/** Spreads a topic's partitions over these brokers, and does not wait until that has happened. */
export class PartitionReassignment extends pulumi.dynamic.Resource {
  /** The id of the background task that does the work. */
  declare readonly jobId: pulumi.Output<string>;

  constructor(
    name: string,
    args: { [input in keyof Inputs]: pulumi.Input<Inputs[input]> },
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, { ...args, jobId: undefined }, opts, "example", "PartitionReassignment");
  }
}

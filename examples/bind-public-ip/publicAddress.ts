import * as pulumi from "@pulumi/pulumi";
import { showInstance } from "./dms";

interface Inputs {
  instanceId: string;
  publicIpId: string;
}

const provider: pulumi.dynamic.ResourceProvider<Inputs> = {
  async create(inputs) {
    const { public_connect_address: address } = await showInstance(inputs.instanceId);
    if (!address) {
      throw new Error(`instance ${inputs.instanceId} has no public address yet`);
    }
    return { id: inputs.instanceId, outs: { ...inputs, address } };
  },

  async diff(_id, olds, news) {
    const replaces = (["instanceId", "publicIpId"] as const).filter((name) => olds[name] !== news[name]);
    return { changes: replaces.length > 0, replaces };
  },
};

/** Stands for whatever needs the instance's public address: a DNS record, a client's configuration, a topic. */
export class PublicAddress extends pulumi.dynamic.Resource {
  declare readonly address: pulumi.Output<string>;

  constructor(
    name: string,
    args: { [input in keyof Inputs]: pulumi.Input<string> },
    opts: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, { ...args, address: undefined }, opts, "example", "PublicAddress");
  }
}

import * as pulumi from "@pulumi/pulumi";

const provider: pulumi.dynamic.ResourceProvider<{ address: string }> = {
  create: async (inputs) => ({ id: inputs.address, outs: inputs }),

  diff: async (_id, olds, news) => {
    const isSame = olds.address === news.address;
    return { changes: !isSame, replaces: isSame ? [] : ["address"] };
  },
};

/** Stands for whatever needs the instance's public address: a DNS record, a client's configuration. */
export class BrokerAddress extends pulumi.dynamic.Resource {
  declare readonly address: pulumi.Output<string>;

  constructor(name: string, args: { address: pulumi.Input<string> }) {
    super(provider, name, args, undefined, "example", "BrokerAddress");
  }
}

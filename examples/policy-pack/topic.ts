import * as pulumi from "@pulumi/pulumi";

const provider: pulumi.dynamic.ResourceProvider<{ instanceId: string }> = {
  create: async (inputs) => ({ id: "topic", outs: inputs }),
};

/** Stands for a topic: something that must not be created while the instance is busy. */
export class Topic extends pulumi.dynamic.Resource {
  declare readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: { instanceId: pulumi.Input<string> }, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, args, opts, "example", "Topic");
  }
}

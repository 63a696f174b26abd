import * as pulumi from "@pulumi/pulumi";

const provider: pulumi.dynamic.ResourceProvider<{ after: string }> = {
  create: async (inputs) => ({ id: "dependent", outs: inputs }),
};

/** Stands for whatever must not be created before the operation has succeeded. */
export class Dependent extends pulumi.dynamic.Resource {
  declare readonly after: pulumi.Output<string>;

  constructor(name: string, args: { after: pulumi.Input<string | undefined> }) {
    super(provider, name, args, undefined, "example", "Dependent");
  }
}

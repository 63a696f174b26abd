import * as pulumi from "@pulumi/pulumi";
import { showInstance, switchPublicIp, untilIdle } from "./dms";

interface Inputs {
  instanceId: string;
  publicIpId: string;
}

const provider: pulumi.dynamic.ResourceProvider<Inputs> = {
  async create({ instanceId, publicIpId }) {
    await switchPublicIp(instanceId, publicIpId);
    return { id: `${instanceId}/${publicIpId}`, outs: { instanceId, publicIpId } };
  },

  async diff(_id, olds, news) {
    const replaces = (["instanceId", "publicIpId"] as const).filter((name) => olds[name] !== news[name]);
    // An instance has one binding at a time: the old one goes first.
    return { changes: replaces.length > 0, replaces, deleteBeforeReplace: true };
  },

  // Unbinding is a background task as well. No resource can follow a delete, so it waits by itself: the next bind would
  // be refused until then.
  async delete(_id, { instanceId }) {
    await untilIdle(instanceId);
    if ((await showInstance(instanceId)).enable_publicip) {
      await switchPublicIp(instanceId);
      await untilIdle(instanceId);
    }
  },
};

/** Binds a public IP to an instance, and does not wait until that has happened. */
export class PublicIpBinding extends pulumi.dynamic.Resource {
  constructor(name: string, args: { [input in keyof Inputs]: pulumi.Input<string> }) {
    super(provider, name, args, undefined, "example", "PublicIpBinding");
  }
}

const pulumi = require("@pulumi/pulumi");
const { modifyConfig } = require("./dms.cjs");

const provider = {
  async create(inputs) {
    const { instanceId, parameter, value } = inputs;
    await modifyConfig(instanceId, parameter, value);
    return { id: `${instanceId}/${parameter}`, outs: inputs };
  },
  async diff(_id, olds, news) {
    const replaces = ["instanceId", "parameter"].filter((input) => olds[input] !== news[input]);
    return { changes: replaces.length > 0 || olds.value !== news.value, replaces };
  },
  async update(_id, _olds, news) {
    await modifyConfig(news.instanceId, news.parameter, news.value);
    return { outs: news };
  },
  async delete(_id, { instanceId, parameter, unset }) {
    await modifyConfig(instanceId, parameter, unset);
  },
};

/** A parameter of an instance's brokers; `unset` is its value once the resource is gone. Waits for none of its operations. */
exports.Parameter = class Parameter extends pulumi.dynamic.Resource {
  constructor(name, args, opts) {
    super(provider, name, args, opts, "example", "Parameter");
  }
};

const pulumi = require("@pulumi/pulumi");
const { quietInstanceHooks } = require("pulumi-otc-background-task");
const { Parameter } = require("./parameter.cjs");

// Two resources that do not depend on each other: Pulumi would send both operations at once, and the instance would reject
// the second one. The hooks wait, before each, until the instance takes it.
exports.program = async function program() {
  const config = new pulumi.Config();
  // The emulator sets the variable.
  const instanceId = config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? config.require("instanceId");

  const hooksOf = (name) =>
    config.getBoolean("hooks") === false ? {} : quietInstanceHooks(name, { instanceId, beforeDelete: true });

  const retention = { instanceId, parameter: "log.retention.hours", value: config.get("hours") ?? "168", unset: "72" };
  new Parameter("retention", retention, { hooks: hooksOf("retention") });

  const size = {
    instanceId,
    parameter: "message.max.bytes",
    value: config.get("bytes") ?? "2097152",
    unset: "10485760",
  };
  new Parameter("message-size", size, { hooks: hooksOf("message-size") });
};

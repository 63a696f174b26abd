import { PolicyPack } from "@pulumi/policy";
import { packConfigurationOf, rules, type BackgroundTaskPolicyPackArgs } from "./packConfiguration";

const defaultName = "otc-background-task";

/**
 * A policy pack of all rules, configured with its arguments. A file that you pass with `--policy-pack-config` takes
 * precedence over them. Construct it in the pack's entry file only: it starts the server that the engine connects to.
 *
 * @example
 * // Each rule at its own level; instance-quiet-before-change is disabled unless you set its resources.
 * new BackgroundTaskPolicyPack();
 *
 * // All mandatory, except one.
 * new BackgroundTaskPolicyPack({ all: "mandatory", boundedWait: "disabled" });
 *
 * // One only.
 * new BackgroundTaskPolicyPack({ all: "disabled", backgroundTaskSucceeded: "mandatory" });
 *
 * // With settings, and a name of its own.
 * new BackgroundTaskPolicyPack("team-otc", {
 *   boundedWait: { maxSeconds: 7200, enforcementLevel: "advisory" },
 *   instanceQuietBeforeChange: {
 *     resources: [{ type: "opentelekomcloud:index/dmsTopicV1:DmsTopicV1", property: "instanceId" }],
 *   },
 * });
 */
export class BackgroundTaskPolicyPack extends PolicyPack {
  /** @throws Error that names an unknown argument, setting or level. */
  constructor(args?: BackgroundTaskPolicyPackArgs);
  constructor(name: string, args?: BackgroundTaskPolicyPackArgs);
  constructor(nameOrArgs?: string | BackgroundTaskPolicyPackArgs, argsAfterName?: BackgroundTaskPolicyPackArgs) {
    const [name, args] = typeof nameOrArgs === "string" ? [nameOrArgs, argsAfterName] : [defaultName, nameOrArgs];
    const policies = Object.values(rules).map((rule) => ({ ...rule }));
    super(name, { policies }, packConfigurationOf(args ?? {}));
  }
}

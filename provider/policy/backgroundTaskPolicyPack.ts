import { PolicyPack } from "@pulumi/policy";
import { packConfigurationOf, rules, type BackgroundTaskPolicyPackArgs } from "./packConfiguration";

const defaultName = "otc-background-task";

/**
 * A policy pack of all rules, configured by its arguments; what a file given to `--policy-pack-config` says wins over
 * them. Construct it in the pack's entry file only: it starts the server that the engine asks.
 *
 * @example
 * // Each rule at its own level; instance-quiet-before-change is disabled until it is given resources.
 * new BackgroundTaskPolicyPack();
 *
 * // All mandatory, but for one.
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
  /** @throws Error that names an argument, setting or level that there is not. */
  constructor(args?: BackgroundTaskPolicyPackArgs);
  constructor(name: string, args?: BackgroundTaskPolicyPackArgs);
  constructor(nameOrArgs?: string | BackgroundTaskPolicyPackArgs, argsAfterName?: BackgroundTaskPolicyPackArgs) {
    const [name, args] = typeof nameOrArgs === "string" ? [nameOrArgs, argsAfterName] : [defaultName, nameOrArgs];
    const policies = Object.values(rules).map((rule) => ({ ...rule }));
    super(name, { policies }, packConfigurationOf(args ?? {}));
  }
}

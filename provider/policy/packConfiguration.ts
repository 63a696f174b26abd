import type { EnforcementLevel, PolicyPackConfig } from "@pulumi/policy";
import { backgroundTaskFailsUpdate, type BackgroundTaskFailsUpdateSettings } from "./backgroundTaskFailsUpdate";
import {
  backgroundTaskStillSucceeded,
  type BackgroundTaskStillSucceededSettings,
} from "./backgroundTaskStillSucceeded";
import { backgroundTaskSucceeded } from "./backgroundTaskSucceeded";
import { boundedWait, type BoundedWaitSettings } from "./boundedWait";
import { instanceQuietBeforeChange, type InstanceQuietBeforeChangeSettings } from "./instanceQuietBeforeChange";

/** What a violation causes: a warning, or a failed update; or the rule is disabled. */
export type RuleLevel = Exclude<EnforcementLevel, "remediate">;

/** A level, or settings and a level. Default: the level of `all`, otherwise the rule's own. */
export type RuleArgs<Settings = object> = RuleLevel | (Settings & { enforcementLevel?: RuleLevel });

/** Arguments of a `BackgroundTaskPolicyPack`: a level or settings for each rule. */
export interface BackgroundTaskPolicyPackArgs {
  /** The level of every rule that has none of its own. Default: each rule's default. */
  all?: RuleLevel;
  backgroundTaskSucceeded?: RuleArgs;
  backgroundTaskStillSucceeded?: RuleArgs<BackgroundTaskStillSucceededSettings>;
  /** Disabled, even if `all` is set, unless you set its `resources` here or in a configuration file. */
  instanceQuietBeforeChange?: RuleArgs<InstanceQuietBeforeChangeSettings>;
  backgroundTaskFailsUpdate?: RuleArgs<BackgroundTaskFailsUpdateSettings>;
  boundedWait?: RuleArgs<BoundedWaitSettings>;
}

/** Every rule by its key among the arguments. */
export const rules = {
  backgroundTaskSucceeded,
  backgroundTaskStillSucceeded,
  instanceQuietBeforeChange,
  backgroundTaskFailsUpdate,
  boundedWait,
} as const;

const levels: readonly string[] = ["advisory", "mandatory", "disabled"] satisfies RuleLevel[];

/**
 * The arguments in the form of the SDK's pack configuration: by the rules' names.
 *
 * @throws Error that names an unknown argument, setting or level.
 */
export function packConfigurationOf({ all, ...args }: BackgroundTaskPolicyPackArgs): PolicyPackConfig {
  checkLevel("all", all);
  const configuration: PolicyPackConfig = all === undefined ? {} : { all };
  if (args.instanceQuietBeforeChange === undefined) {
    configuration[instanceQuietBeforeChange.name] = "disabled";
  }
  for (const [key, given] of Object.entries(args)) {
    const rule = ruleOf(key);
    if (given === undefined) {
      continue;
    }
    if (typeof given !== "object") {
      checkLevel(key, given);
      configuration[rule.name] = given;
      continue;
    }
    checkLevel(key, given.enforcementLevel);
    checkSettings(key, given, Object.keys(rule.configSchema?.properties ?? {}));
    // Settings without a level would make the rule advisory: the SDK sends none, and the engine treats that as advisory.
    const level = given.enforcementLevel ?? all ?? rule.enforcementLevel;
    configuration[rule.name] = { ...given, enforcementLevel: level };
  }
  return configuration;
}

function ruleOf(key: string): (typeof rules)[keyof typeof rules] {
  if (!Object.hasOwn(rules, key)) {
    throw new Error(`unknown policy ${JSON.stringify(key)}: the policies are ${Object.keys(rules).join(", ")}.`);
  }
  return rules[key as keyof typeof rules];
}

function checkLevel(key: string, level: unknown): void {
  if (level !== undefined && !levels.includes(level as string)) {
    throw new Error(`the level of ${key} must be one of ${levels.join(", ")}, but is ${JSON.stringify(level)}.`);
  }
}

function checkSettings(key: string, given: object, known: string[]): void {
  const unknown = Object.keys(given).filter((name) => name !== "enforcementLevel" && !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `${key} has no setting ${unknown.map((name) => JSON.stringify(name)).join(", ")}: ` +
        `its settings are ${known.join(", ") || "none"}.`,
    );
  }
}

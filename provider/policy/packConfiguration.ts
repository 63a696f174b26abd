import type { EnforcementLevel, PolicyPackConfig } from "@pulumi/policy";
import { backgroundTaskFailsUpdate, type BackgroundTaskFailsUpdateSettings } from "./backgroundTaskFailsUpdate";
import {
  backgroundTaskStillSucceeded,
  type BackgroundTaskStillSucceededSettings,
} from "./backgroundTaskStillSucceeded";
import { backgroundTaskSucceeded } from "./backgroundTaskSucceeded";
import { boundedWait, type BoundedWaitSettings } from "./boundedWait";
import { instanceQuietBeforeChange, type InstanceQuietBeforeChangeSettings } from "./instanceQuietBeforeChange";

/** What a violation does: nothing but a warning, a failed update, or the rule is not asked at all. */
export type RuleLevel = Exclude<EnforcementLevel, "remediate">;

/** A level, or settings and a level; without a level, that of `all`, else the rule's own. */
export type RuleArgs<Settings = object> = RuleLevel | (Settings & { enforcementLevel?: RuleLevel });

/** Arguments of a `BackgroundTaskPolicyPack`: by rule, a level or settings. */
export interface BackgroundTaskPolicyPackArgs {
  /** The level of every rule that is given none of its own; default: each rule's. */
  all?: RuleLevel;
  backgroundTaskSucceeded?: RuleArgs;
  backgroundTaskStillSucceeded?: RuleArgs<BackgroundTaskStillSucceededSettings>;
  /** Disabled, whatever `all` says, unless it is given its `resources` here or in a configuration file. */
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
 * The arguments as the SDK takes a pack's configuration: by the rules' names.
 *
 * @throws Error that names an argument, setting or level that there is not.
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
    // Settings without a level would make the rule advisory: the SDK sends none, which the engine reads as that.
    const level = given.enforcementLevel ?? all ?? rule.enforcementLevel;
    configuration[rule.name] = { ...given, enforcementLevel: level };
  }
  return configuration;
}

function ruleOf(key: string): (typeof rules)[keyof typeof rules] {
  if (!Object.hasOwn(rules, key)) {
    throw new Error(`there is no policy ${JSON.stringify(key)}: the policies are ${Object.keys(rules).join(", ")}.`);
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

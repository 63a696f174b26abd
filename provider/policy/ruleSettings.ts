import type { PolicyConfigSchema } from "@pulumi/policy";
import { withoutStack } from "../output/withoutStack";

/** Whatever a rule reads its settings from. */
interface Configured {
  getConfig<T extends object>(): T;
}

/**
 * A rule's settings: the defaults of its schema, and over them what the pack or its configuration file says. The engine
 * has checked the values by then, but not the names: a misspelt one would mean nothing, silently.
 */
export function settingsOf<S extends object>(rule: string, schema: PolicyConfigSchema, args: Configured): S {
  const given = args.getConfig<Record<string, unknown>>();
  const names = Object.keys(schema.properties);
  const misspelt = Object.keys(given).filter((name) => !names.includes(name));
  if (misspelt.length > 0) {
    const message =
      `the policy ${rule} has no setting ${misspelt.map((name) => JSON.stringify(name)).join(", ")}: ` +
      `its settings are ${names.join(", ") || "none"}.`;
    throw withoutStack(new Error(message), message);
  }
  const defaults = Object.entries(schema.properties).map(([name, property]) => [name, property.default]);
  return { ...(Object.fromEntries(defaults) as object), ...given } as S;
}

import type { PolicyConfigSchema } from "@pulumi/policy";
import { withoutStack } from "../output/withoutStack";

/** Where a rule reads its settings. */
interface Configured {
  getConfig<T extends object>(): T;
}

/**
 * A rule's settings: those of the pack or its configuration file, and the schema's defaults for the others. The engine has
 * checked the values, but not the names: a misspelled one would be ignored silently.
 */
export function settingsOf<S extends object>(rule: string, schema: PolicyConfigSchema, args: Configured): S {
  const given = args.getConfig<Record<string, unknown>>();
  const names = Object.keys(schema.properties);
  const misspelled = Object.keys(given).filter((name) => !names.includes(name));
  if (misspelled.length > 0) {
    const message =
      `the policy ${rule} has no setting ${misspelled.map((name) => JSON.stringify(name)).join(", ")}: ` +
      `its settings are ${names.join(", ") || "none"}.`;
    throw withoutStack(new Error(message), message);
  }
  const defaults = Object.entries(schema.properties).map(([name, property]) => [name, property.default]);
  return { ...(Object.fromEntries(defaults) as object), ...given } as S;
}

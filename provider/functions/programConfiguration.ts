import * as pulumi from "@pulumi/pulumi";
import { readStackDefaults } from "../arguments/stackDefaults";
import type { Identity } from "../identity/identity";
import { identityFor } from "../identity/identities";
import { type Place, readSettings } from "../settings/settings";
import { ownNamespace } from "../settings/settingTable";
import { warnTo } from "../output/log";

/**
 * Uses the settings of the program's process. A policy pack's process has the same.
 *
 * @throws SettingsError
 */
export function identityInProgram(place: Place): Identity {
  warnTo((message) => void pulumi.log.warn(message));
  return identityFor(readSettings(place, hasConfiguration() ? readConfig : undefined, process.env));
}

/** Reads `namespace:key`. */
function readConfig(key: string): string | undefined {
  const [namespace, name] = key.split(":");
  return new pulumi.Config(namespace).get(name!);
}

/** The stack's defaults of arguments, and a sentence for each that is malformed. A plain script has none. */
export function stackDefaultsInProgram(): ReturnType<typeof readStackDefaults> {
  const config = new pulumi.Config(ownNamespace);
  return readStackDefaults((key) => (hasConfiguration() ? config.get(key) : undefined));
}

// Set by the engine for programs and policy packs, also if the configuration is empty.
const engineVariables = ["PULUMI_CONFIG", "PULUMI_NODEJS_PROJECT"];

/** Whether this is more than a plain script: only a Pulumi engine, or mocks in its place, provide a configuration. */
function hasConfiguration(): boolean {
  const { hasMonitor, allConfig } = pulumi.runtime;
  return (
    hasMonitor() ||
    Object.keys(allConfig()).length > 0 ||
    engineVariables.some((name) => process.env[name] !== undefined)
  );
}

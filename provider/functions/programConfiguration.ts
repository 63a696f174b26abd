import * as pulumi from "@pulumi/pulumi";
import { readStackDefaults, stackNamespace } from "../arguments/stackDefaults";
import type { Identity } from "../identity/identity";
import { identityFor } from "../identity/identities";
import { type Place, readSettings } from "../settings/settings";
import { warnTo } from "../output/log";

/**
 * Uses the settings of the program's process. A policy pack's process has the same.
 *
 * @throws SettingsError
 */
export function identityInProgram(place: Place): Identity {
  const config = new pulumi.Config("opentelekomcloud");
  const readConfig = hasConfiguration() ? (key: string) => config.get(key) : undefined;
  warnTo((message) => void pulumi.log.warn(message));
  return identityFor(readSettings(place, readConfig, process.env));
}

/** The stack's defaults of arguments, and a sentence for each that is malformed. A plain script has none. */
export function stackDefaultsInProgram(): ReturnType<typeof readStackDefaults> {
  const config = new pulumi.Config(stackNamespace);
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

import * as pulumi from "@pulumi/pulumi";
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
  warnTo((message) => void pulumi.log.warn(message));
  return identityFor(readSettings(place, (key) => config.get(key), process.env));
}

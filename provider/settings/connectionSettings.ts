import { X509Certificate } from "node:crypto";
import * as fs from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { createSecureContext } from "node:tls";
import { expandHome, type Folders } from "./cloudsFile";
import type { ConnectionSettings } from "../http/exchange";
import { SettingsError } from "../task/errors";
import { rememberSecret } from "../output/secrets";
import type { Found } from "./settingSource";
import type { Sources } from "./settingSources";
import type { SettingName } from "./settingTable";
import { readFlag, readSeconds } from "./settingValues";

/** @throws SettingsError if a file cannot be read, or does not contain what it should. */
export function readConnection(
  sources: Sources,
  folders: Folders = { cwd: process.cwd(), home: homedir() },
): { connection?: ConnectionSettings; requestTimeoutMs?: number } {
  const caCert = readPem("caCert", sources.find("caCert"), folders);
  const clientCert = readPem("clientCert", sources.find("clientCert"), folders);
  const clientKey = readPem("clientKey", sources.find("clientKey"), folders);
  rememberKey(clientKey ?? "");
  if ((clientCert === undefined) !== (clientKey === undefined)) {
    const [part, given]: SettingName[] =
      clientKey === undefined ? ["clientKey", "clientCert"] : ["clientCert", "clientKey"];
    throw new SettingsError(
      `the client certificate is incomplete: ${sources.find(given!)?.place} needs the setting ${part}. Set ${sources.describePlaces(part!)}.`,
    );
  }
  const insecure = isInsecure(sources);
  const connection: ConnectionSettings = {
    ...(caCert !== undefined && { caCert }),
    ...(clientCert !== undefined && { clientCert, clientKey }),
    ...(insecure && { insecure }),
  };
  const requestTimeoutMs = readSeconds("requestTimeout", sources.find("requestTimeout"), [1, 600]);
  return {
    ...(Object.keys(connection).length > 0 && { connection: usable(connection) }),
    ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
  };
}

/** `insecure` of the first source that sets it, or clouds.yaml's `verify`, which means the opposite. */
function isInsecure(sources: Sources): boolean {
  for (const source of sources.list) {
    const insecure = readFlag("insecure", source.find("insecure"));
    const verify = readFlag("verify", source.find("verify"));
    if (insecure !== undefined || verify !== undefined) {
      return insecure ?? !verify;
    }
  }
  return false;
}

/** The setting is a file name, or the PEM text itself, such as a secret of a pipeline. */
function readPem(name: SettingName, found: Found | undefined, folders: Folders): string | undefined {
  if (found === undefined || found.value.includes("-----BEGIN")) {
    return found?.value;
  }
  const file = path.resolve(folders.cwd, expandHome(found.value, folders));
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new SettingsError(`the file of the setting ${name} cannot be read (${code}): check ${found.place}.`);
  }
}

function usable(connection: ConnectionSettings): ConnectionSettings {
  const { caCert, clientCert, clientKey } = connection;
  throwIfUnreadable("caCert contains no readable certificate", () => caCert && new X509Certificate(caCert));
  throwIfUnreadable("clientCert and clientKey are not a readable pair", () =>
    createSecureContext({ cert: clientCert, key: clientKey }),
  );
  return connection;
}

function throwIfUnreadable(fault: string, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    throw new SettingsError(`the setting ${fault} (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`);
  }
}

/** Each line as well as the whole: a quoted key may be only a line of it. */
function rememberKey(pem: string): void {
  for (const text of [pem, ...pem.split("\n").filter((line) => line.length >= 32)]) {
    rememberSecret(text.trim());
  }
}

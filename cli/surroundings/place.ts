import { type ReadConfig, readSettings, type Settings } from "../../provider/settings/settings";
import type { CloudProvider } from "../../provider/task/cloudProviders";
import { isServiceName, type ServiceName, serviceNames } from "../../provider/task/services";
import { faultOfIdentifier } from "../../provider/http/addresses";
import { UsageError } from "../terminal/exitCodes";
import { readStackConfiguration } from "./stackConfiguration";

/** The options by which a command is told where to look. */
export interface PlaceOptions {
  service: string;
  cloudProvider?: CloudProvider;
  cloud?: string;
  region?: string;
  project?: string;
  endpoint?: string;
  /** A stack of the program in the working folder, whose configuration is read too. */
  stack?: string;
}

/** The stack's configuration; undefined if no stack is named. */
export async function configurationOf({ stack }: PlaceOptions): Promise<ReadConfig | undefined> {
  return stack === undefined ? undefined : readStackConfiguration(stack);
}

/** @throws SettingsError, InvalidArgumentError */
export function settingsOf(options: PlaceOptions, readConfig: ReadConfig | undefined): Settings {
  const { cloudProvider, cloud, region, project: projectId, endpoint } = options;
  return readSettings({ cloudProvider, cloud, region, projectId, endpoint }, readConfig, process.env);
}

/** @throws UsageError */
export function serviceOf({ service }: PlaceOptions): ServiceName {
  if (!isServiceName(service)) {
    throw new UsageError(`--service must be one of ${serviceNames.join(", ")}, but is ${JSON.stringify(service)}.`);
  }
  return service;
}

/** @throws UsageError */
export function checkId(what: "INSTANCE" | "TASK", id: string): string {
  const fault = faultOfIdentifier(id);
  if (fault) {
    throw new UsageError(`${what} ${fault}.`);
  }
  return id;
}

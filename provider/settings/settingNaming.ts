import { type CloudProvider, defaultCloudProvider } from "../task/cloudProviders";
import { placesOf, type SettingName } from "./settingTable";

/** "opentelekomcloud:region" */
export function configurationKey(key: string, cloudProvider: CloudProvider = defaultCloudProvider): string {
  return key.includes(":") ? key : `${cloudProvider}:${key}`;
}

/** Which names a message may use. */
export interface Naming {
  /** The program is a plain script: it runs without a Pulumi engine, so there is no Pulumi configuration. */
  isScript?: true;
  /** The cloud. Default: Open Telekom Cloud. */
  cloudProvider?: CloudProvider;
}

/** "opentelekomcloud:region in the Pulumi configuration, OS_REGION_NAME or OS_REGION in the environment, or ..." */
export function describePlaces(name: SettingName, { isScript, cloudProvider }: Naming): string {
  const { config, env, clouds } = placesOf(name, cloudProvider);
  const [cloudPath] = clouds;
  const keys = config.map((key) => configurationKey(key, cloudProvider));
  const places = [
    !isScript && keys.length > 0 && `${keys.join(" or ")} in the Pulumi configuration`,
    env.length > 0 && `${env.join(" or ")} in the environment`,
    cloudPath && `${cloudPath} in clouds.yaml`,
  ].filter((place) => typeof place === "string");
  return places.length > 1 ? `${places.slice(0, -1).join(", ")}, or ${places.at(-1)}` : places.join("");
}

/** A command that sets what is missing, in each kind of program. */
export interface Remedy {
  inPulumi: string;
  inScript: string;
}

/** The shortest command that sets a setting. */
export function remedyOf(name: SettingName, value: string, cloudProvider?: CloudProvider): Remedy {
  const { config, env, isSecret } = placesOf(name, cloudProvider);
  const key = configurationKey(config[0]!, cloudProvider);
  return {
    inPulumi: `pulumi config set ${isSecret ? "--secret " : ""}${key}${value === "" ? "" : ` ${value}`}`,
    inScript: `export ${env[0]}=${value === "" ? "..." : value}`,
  };
}

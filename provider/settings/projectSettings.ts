import { checkIdentifier } from "../http/addresses";
import { regionOfProject } from "../http/cloudHosts";
import { quote } from "../output/secrets";
import { SettingsError } from "../task/errors";
import { withSettingName } from "./addressSettings";
import { asNameOrId, type NameOrId } from "./credentialSettings";
import { MissingSetting } from "./missingSettings";
import type { Agency, Place, Settings } from "./foundSettings";
import { describePlaces, remedyOf } from "./settingNaming";
import type { Found } from "./settingSource";
import type { Sources } from "./settingSources";
import type { SettingName } from "./settingTable";

export function readAgency(sources: Sources): Agency | undefined {
  const name = sources.find("agencyName");
  const either = sources.findEither("agencyDomainId", "agencyDomainName");
  if (!name && !either) {
    return undefined;
  }
  if (!name || !either) {
    const part: SettingName = name ? "agencyDomainName" : "agencyName";
    const given = name ?? (either && "id" in either ? either.id : either?.name);
    throw new SettingsError(
      `the agency is incomplete: ${given?.place} needs the setting ${part}. Set ${sources.describePlaces(part)}.`,
    );
  }
  // OTC's Go SDK accepts the domain's name as target_domain_id.
  const domain = asNameOrId(either);
  const isReallyName = domain.id !== undefined && !/^[0-9a-f]{32}$/i.test(domain.id);
  return { name: name.value, domain: isReallyName ? { name: domain.id } : domain };
}

/**
 * The project. An agency acts in a project of its own account, which Huawei Cloud's provider takes from the same settings as
 * any other if the agency is set with assume_role. Its default is the project named like the region.
 *
 * Source: configureProvider in provider.go, and buildClientByAgency in auth.go, of terraform-provider-huaweicloud.
 */
export function readProject(
  { projectId, region: regionArgument }: Place,
  sources: Sources,
  agency: Agency | undefined,
): NameOrId {
  const isHuawei = sources.cloudProvider === "huaweicloud";
  const delegated = agency && sources.findEither("delegatedProjectId", "delegatedProjectName");
  const isOthers = isHuawei && agency !== undefined && !isAssumedRole(sources.find("agencyName")!);
  const either = delegated ?? (isOthers ? undefined : sources.findEither("projectId", "projectName"));
  const project: NameOrId | undefined =
    projectId !== undefined ? { id: projectId } : either ? asNameOrId(either) : undefined;
  if (project) {
    return project.id === undefined
      ? project
      : { id: withSettingName("projectId", sources, () => checkIdentifier(project.id)) };
  }
  const region = isHuawei ? (regionArgument ?? sources.find("region")?.value) : undefined;
  if (region !== undefined) {
    return { name: region };
  }
  throw missingProject(sources);
}

/** As it is in a profile, too. */
function isAssumedRole({ key, source }: Found): boolean {
  return source.kind === "profile" || /assume_?role/i.test(key);
}

function missingProject(sources: Sources): MissingSetting {
  const { isScript, cloudProvider } = sources;
  if (cloudProvider === "huaweicloud") {
    return new MissingSetting(
      `no project is set, and no region whose project is the default: set ${sources.describePlaces("region")}.`,
      remedyOf("region", "eu-west-101", cloudProvider),
    );
  }
  const name = isScript ? "OS_PROJECT_NAME" : "tenantName or OS_PROJECT_NAME";
  return new MissingSetting(
    `no project is set: set ${sources.describePlaces("projectId")}, or set its name with ${name}.`,
    {
      inPulumi: "pulumi config set opentelekomcloud:tenantName eu-de_myproject",
      inScript: "export OS_PROJECT_NAME=eu-de_myproject",
    },
  );
}

/** A project of another region contains none of the region's instances. An endpoint that was set may be of any cloud. */
export function refuseForeignRegion(
  project: NameOrId,
  settings: Pick<Settings, "region" | "endpoints" | "isScript" | "cloudProvider">,
): void {
  const { region, endpoints } = settings;
  const own = project.name === undefined ? undefined : regionOfProject(project.name, settings);
  if (own !== undefined && region !== undefined && own !== region && Object.keys(endpoints).length === 0) {
    throw new SettingsError(
      `the project ${quote(project.name!)} belongs to region ${own}, but the region is set to ${region}: ` +
        `set the region to ${own}, or set a project of ${region} (${describePlaces("projectName", settings)}).`,
    );
  }
}

import type { CloudProvider } from "../task/cloudProviders";

/** Whose hosts are meant. */
export interface CloudSite {
  /** Default: Open Telekom Cloud. */
  cloudProvider?: CloudProvider;
  /** What follows the region in the names of Huawei Cloud's hosts. Default: depends on the region. */
  cloudDomain?: string;
}

// Host parts that differ from the region's name (terraform-provider-opentelekomcloud issue 3017).
const otcHostParts = new Map([["eu-ch2", "eu-ch2.sc"]]);

const otcRegions = ["eu-de", "eu-nl", "eu-ch2"];

// Source: KafkaRegion.ts of huaweicloud-sdk-nodejs-v3.
const huaweiRegions = [
  ...["ae-ad-1", "af-north-1", "af-south-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4"],
  ...["ap-southeast-5", "cn-east-2", "cn-east-3", "cn-east-4", "cn-east-5", "cn-north-1", "cn-north-2", "cn-north-4"],
  ...["cn-north-9", "cn-south-1", "cn-south-2", "cn-southwest-2", "eu-west-0", "eu-west-101", "la-north-2"],
  ...["la-south-2", "me-east-1", "my-kualalumpur-1", "na-mexico-1", "ru-moscow-1", "ru-northwest-2", "sa-brazil-1"],
  "tr-west-1",
];

const regionsOf: { [cloud in CloudProvider]: readonly string[] } = {
  opentelekomcloud: otcRegions,
  huaweicloud: huaweiRegions,
};

// Both, and which regions are European: getCloudDomain in provider.go of terraform-provider-huaweicloud.
const huaweiDomain = "myhuaweicloud.com";
const huaweiEuropeanDomain = "myhuaweicloud.eu";

/** What follows a service's name in the names of a region's hosts. */
export function hostPartOf(region: string, { cloudProvider, cloudDomain }: CloudSite): string {
  if (cloudProvider === "huaweicloud") {
    return `${region}.${cloudDomain ?? (region.startsWith("eu-west-1") ? huaweiEuropeanDomain : huaweiDomain)}`;
  }
  return `${otcHostParts.get(region) ?? region}.otc.t-systems.com`;
}

/** Whether a host is one of Huawei Cloud's own: IAM is at `iam.{domain}` and at `iam.{region}.{domain}`. */
export function isHuaweiHost(host: string, { cloudDomain }: CloudSite): boolean {
  return [huaweiDomain, huaweiEuropeanDomain, cloudDomain].some(
    (domain) => domain !== undefined && host.endsWith(`.${domain}`),
  );
}

/** The region that a project's name starts with, as all do: "eu-de" or "eu-de_name". */
export function regionOfProject(
  name: string,
  { cloudProvider = "opentelekomcloud" }: CloudSite = {},
): string | undefined {
  return regionsOf[cloudProvider].find((region) => name === region || name.startsWith(`${region}_`));
}

/**
 * The clouds with this API, by the names of their Terraform providers, which are also the namespaces of their Pulumi
 * configuration.
 */
export const cloudProviders = ["opentelekomcloud", "huaweicloud"] as const;

export type CloudProvider = (typeof cloudProviders)[number];

/** The cloud of a state that records none, and of settings that name none. */
export const defaultCloudProvider = "opentelekomcloud";

export function isCloudProvider(value: unknown): value is CloudProvider {
  return cloudProviders.some((name) => name === value);
}

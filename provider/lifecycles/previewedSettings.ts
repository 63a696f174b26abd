import type * as dynamic from "@pulumi/pulumi/dynamic";
import { type InputsOfSdk, isUnknownInput } from "./checkedInputs";
import { rowOfResource } from "./engineLink";
import { type PlaceOfResource, settingsAt } from "./stackConfiguration";

// A preview sends nothing for a resource. It reads the settings all the same, or a preview would succeed where the update
// has no credentials.

let isPreview = false;

/** After the check of a resource: in a preview of one that would be created, warns of settings that are missing. */
export function checkSettingsInPreview(
  olds: object,
  news: InputsOfSdk & PlaceOfResource,
  result: dynamic.CheckResult,
): dynamic.CheckResult {
  // A provider process does not know what it serves: the program says it with each resource.
  isPreview = news.isPreview === true;
  const isNew = Object.keys(olds).length === 0;
  if (isNew && (result.failures ?? []).length === 0) {
    warnOfMissingSettings(news);
  }
  return result;
}

const warned = new Set<string>();

/** In a preview of a resource whose update would send requests. Other resources miss the same: it is said once. */
export function warnOfMissingSettings(inputs: PlaceOfResource): void {
  const place = withStandIns(inputs);
  if (!isPreview || !place) {
    return;
  }
  try {
    settingsAt(place);
  } catch (error) {
    const { message } = error as Error;
    if (!warned.has(message)) {
      warned.add(message);
      void rowOfResource(inputs.resourceUrn).warn(`The update would fail: ${message}`);
    }
  }
}

// Any project and any address: no other setting depends on which.
const standIns = { projectId: "0".repeat(32), endpoint: "https://unknown.invalid" };

/** The place with stand-ins for what a preview does not know yet; undefined if other settings depend on that. */
function withStandIns({
  cloudProvider,
  cloud,
  projectId,
  region,
  endpoint,
  resourceUrn,
}: PlaceOfResource): PlaceOfResource | undefined {
  if (isUnknownInput(cloudProvider) || isUnknownInput(cloud) || isUnknownInput(region)) {
    return undefined;
  }
  return {
    cloudProvider,
    cloud,
    projectId: isUnknownInput(projectId) ? standIns.projectId : projectId,
    region,
    endpoint: isUnknownInput(endpoint) ? standIns.endpoint : endpoint,
    resourceUrn,
  };
}

import { type CloudProvider, defaultCloudProvider, isCloudProvider } from "../task/cloudProviders";
import { configuredCloud } from "./stackConfiguration";

/** Recorded if no request was possible with the settings: once they are complete, they decide again. */
const undecided = "undecided";

interface Recorded {
  cloudProvider?: string;
  given?: string[];
}

/**
 * The cloud that a recorded resource is of, whatever the settings say by now; undefined if that is undecided. Only another than
 * Open Telekom Cloud is recorded.
 */
export function recordedCloud({ cloudProvider = defaultCloudProvider }: Recorded): CloudProvider | undefined {
  return isCloudProvider(cloudProvider) ? cloudProvider : undefined;
}

/** What the state keeps of it, in addition to the argument. */
export function fieldOfCloud(cloudProvider: CloudProvider | undefined, isUndecided = false): Recorded {
  if (isUndecided) {
    return { cloudProvider: undecided };
  }
  return cloudProvider === undefined || cloudProvider === defaultCloudProvider ? {} : { cloudProvider };
}

/**
 * Whether a resource is now meant to be of another cloud than recorded: the argument says so. Settings that name another cloud
 * leave a resource where it is, unless the argument that decided before was removed.
 */
export function isOfOtherCloud(olds: Recorded, news: Recorded): boolean {
  const before = recordedCloud(olds);
  const wasGiven = olds.given?.includes("cloudProvider") === true;
  const now = news.cloudProvider ?? (wasGiven ? configuredCloud(news) : undefined);
  return before !== undefined && now !== undefined && now !== before;
}

/** The inputs of an update or of a replacement, with the cloud that it would ask. */
export function inItsCloud<Inputs extends { cloudProvider?: CloudProvider }>(olds: Recorded, news: Inputs): Inputs {
  const cloudProvider = isOfOtherCloud(olds, news) ? news.cloudProvider : (recordedCloud(olds) ?? news.cloudProvider);
  return { ...news, cloudProvider };
}

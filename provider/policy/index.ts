/**
 * Rules on background tasks for policy packs, and a pack of them.
 *
 * @module pulumi-otc-background-task/policy
 */
import "./requirePolicySdk";
export { backgroundTaskFailsUpdate, type BackgroundTaskFailsUpdateSettings } from "./backgroundTaskFailsUpdate";
export { BackgroundTaskPolicyPack } from "./backgroundTaskPolicyPack";
export {
  backgroundTaskStillSucceeded,
  type BackgroundTaskStillSucceededSettings,
} from "./backgroundTaskStillSucceeded";
export { backgroundTaskSucceeded } from "./backgroundTaskSucceeded";
export { boundedWait, type BoundedWaitSettings } from "./boundedWait";
export {
  instanceQuietBeforeChange,
  type InstanceQuietBeforeChangeSettings,
  type ResourcesOfInstances,
} from "./instanceQuietBeforeChange";
export type { BackgroundTaskPolicyPackArgs, RuleArgs, RuleLevel } from "./packConfiguration";
export type { OnUnreachable } from "./ruleMessages";

/** The names by which logs, counts and planned replies know the published APIs; `unknown` is any other URL. */
export const IAM_ROUTE_NAMES = [
  "listVersions",
  "showVersion",
  "createToken",
  "showToken",
  "listProjects",
  "listAuthProjects",
  "showCatalog",
  "listAuthDomains",
  "createTemporaryKey",
] as const;

export const ROUTE_NAMES = [
  ...IAM_ROUTE_NAMES,
  "listInstances",
  "showInstance",
  "modifyInstance",
  "listTasks",
  "showTask",
  "deleteTask",
  "bindPublicIp",
  "reassignPartitions",
  "modifyConfigs",
  "actOnInstances",
  "extendInstance",
  "showJob",
  "dcsBindPublicIp",
  "dcsUnbindPublicIp",
  "unknown",
] as const;

export type RouteName = (typeof ROUTE_NAMES)[number];

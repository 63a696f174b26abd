// What the resources do in the provider process. The texts of the providers that each state file keeps (serializedProviders.ts)
// find this module as "pulumi-otc-background-task/lifecycle" and become what it exports: the names here, and the
// functions that they hold, are a promise to every state file there is.

export { check, configure, create, diff, read, update } from "./lifecycles/taskLifecycle";
export * as barrier from "./lifecycles/barrierLifecycle";
export * as deletingRecord from "./lifecycles/recordDeletion";
export * as search from "./lifecycles/searchLifecycle";

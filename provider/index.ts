/**
 * Resources, functions and hooks that wait for background tasks, and the errors that they fail with.
 *
 * @module pulumi-otc-background-task
 */
export { BackgroundTask } from "./resources/backgroundTask";
export type { BackgroundTaskArgs } from "./resources/backgroundTask";
export { QuietInstance } from "./resources/quietInstance";
export type { QuietInstanceArgs } from "./resources/quietInstance";
export { quietInstanceHooks, retryWhileBusy } from "./resources/busyInstanceHooks";
export type {
  BusyInstanceHooks,
  BusyInstanceHooksOptions,
  QuietInstanceHooksArgs,
  RetryWhileBusyArgs,
} from "./resources/busyInstanceHooks";
export { busyCodes, isInstanceBusy } from "./task/busyInstance";
export {
  AuthenticationError,
  BackgroundTaskError,
  BadResponseError,
  InvalidArgumentError,
  OutcomeUnknownError,
  PagingError,
  ProxyError,
  RequestRefusedError,
  ServiceError,
  SettingsError,
  TaskFailedError,
  TaskNotFoundError,
  TasksFailedError,
  TransientError,
  UnknownStatusError,
  WaitCancelledError,
  WaitTimedOutError,
  WrongEndpointError,
} from "./task/errors";
export { InstanceNotRunningError } from "./task/instanceNotRunning";
export type { TaskSubject, WaitProgress } from "./task/waitSubject";
export type {
  FunctionOptions,
  FunctionOutputOptions,
  WaitOptions,
  WaitOutputOptions,
} from "./functions/functionOptions";
export { getBackgroundTask, getBackgroundTaskOutput } from "./functions/getBackgroundTask";
export type { GetBackgroundTaskArgs, GetBackgroundTaskOutputArgs } from "./functions/getBackgroundTask";
export { getBackgroundTasks, getBackgroundTasksOutput } from "./functions/getBackgroundTasks";
export type { GetBackgroundTasksArgs, GetBackgroundTasksOutputArgs } from "./functions/getBackgroundTasks";
export { getQuietInstance, getQuietInstanceOutput } from "./functions/getQuietInstance";
export type { GetQuietInstanceArgs, GetQuietInstanceOutputArgs } from "./functions/getQuietInstance";
export type { ServiceName } from "./task/services";
export type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "./task/task";

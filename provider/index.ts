export { BackgroundTask } from "./backgroundTask";
export type { BackgroundTaskArgs } from "./backgroundTask";
export {
  AuthenticationError,
  BackgroundTaskError,
  BadResponseError,
  InvalidArgumentError,
  OutcomeUnknownError,
  RequestRefusedError,
  ServiceError,
  SettingsError,
  TaskFailedError,
  TaskNotFoundError,
  TransientError,
  UnknownStatusError,
  WaitTimedOutError,
  WrongEndpointError,
} from "./errors";
export type { WaitProgress, WaitSubject } from "./errors";
export { getBackgroundTask, getBackgroundTaskOutput } from "./getBackgroundTask";
export type {
  GetBackgroundTaskArgs,
  GetBackgroundTaskOptions,
  GetBackgroundTaskOutputArgs,
  GetBackgroundTaskOutputOptions,
} from "./getBackgroundTask";
export type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "./task";

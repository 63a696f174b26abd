export { BackgroundTask } from "./backgroundTask";
export type { BackgroundTaskArgs } from "./backgroundTask";
export { BackgroundTasks } from "./backgroundTasks";
export type { BackgroundTasksArgs } from "./backgroundTasks";
export { busyCodes, isInstanceBusy } from "./busyInstance";
export {
  AuthenticationError,
  BackgroundTaskError,
  BadResponseError,
  InvalidArgumentError,
  OutcomeUnknownError,
  PagingError,
  RequestRefusedError,
  ServiceError,
  SettingsError,
  TaskFailedError,
  TaskNotFoundError,
  TasksFailedError,
  TransientError,
  UnknownStatusError,
  WaitTimedOutError,
  WrongEndpointError,
} from "./errors";
export type { TaskSubject, WaitProgress } from "./errors";
export type { FunctionOptions, FunctionOutputOptions } from "./functionOptions";
export { getBackgroundTask, getBackgroundTaskOutput } from "./getBackgroundTask";
export type { GetBackgroundTaskArgs, GetBackgroundTaskOutputArgs } from "./getBackgroundTask";
export { getBackgroundTasks, getBackgroundTasksOutput } from "./getBackgroundTasks";
export type { GetBackgroundTasksArgs, GetBackgroundTasksOutputArgs } from "./getBackgroundTasks";
export type { ServiceName } from "./services";
export type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "./task";

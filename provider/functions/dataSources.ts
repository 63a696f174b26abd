import type { LookUpArguments, ListArguments, QuietInstanceArguments } from "../arguments/arguments";
import type { BackgroundTaskResult } from "../task/task";
import type { DataSource } from "./dataSource";
import { lookUps } from "./onFirstCall";

/** One task; undefined if it is missing and that is not an error. */
export const oneTask: DataSource<LookUpArguments, BackgroundTaskResult | undefined> = {
  functionName: "getBackgroundTask",
  waits: true,
  resultOfMocks: (answer) => answer as BackgroundTaskResult,
  lookUp: () => lookUps().oneTaskLookUp,
};

/** An instance's tasks, as they are now. */
export const taskList: DataSource<ListArguments, BackgroundTaskResult[]> = {
  functionName: "getBackgroundTasks",
  waits: false,
  resultOfMocks: tasksOfMocks,
  lookUp: () => lookUps().listLookUp,
};

/** The tasks that a wait for a quiet instance waited for. */
export const quietInstance: DataSource<QuietInstanceArguments, BackgroundTaskResult[]> = {
  functionName: "getQuietInstance",
  waits: true,
  resultOfMocks: tasksOfMocks,
  lookUp: () => lookUps().quietInstanceLookUp,
};

function tasksOfMocks(answer: unknown): BackgroundTaskResult[] {
  return (answer as { tasks: BackgroundTaskResult[] }).tasks;
}

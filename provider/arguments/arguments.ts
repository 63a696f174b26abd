import { z } from "zod";
import { adjusting, argumentForm, type Given, identifying, type Parsed } from "./argumentForm";
import { delaysAreOrdered, expectHasTime, nameHasTime, taskIsChosen, timesAreOrdered } from "./argumentRules";
import {
  byConstructor,
  flag,
  identifier,
  maxRetries,
  mustBe,
  names,
  pace,
  place,
  seconds,
  taskName,
  time,
  triggers,
} from "./argumentShapes";

// The arguments of each function and resource, in the order in which messages list them.

const oneTask = {
  instanceId: identifying(identifier),
  taskId: identifying(identifier.optional()),
  // In a resource with these, the task's id comes from a search, which they identify.
  name: taskName.optional(),
  createdAfter: time.optional(),
  wait: adjusting(flag.default(true)),
  failOnError: adjusting(flag.default(true)),
  ...pace,
  ...place,
};

/** Of `getBackgroundTask`. */
export const lookUpArguments = argumentForm(
  {
    ...oneTask,
    ifMissing: z.enum(["error", "undefined"], { error: mustBe('"error" or "undefined"') }).default("error"),
  },
  [delaysAreOrdered, taskIsChosen, nameHasTime],
);

/** Of `BackgroundTask`. */
export const taskArguments = argumentForm(
  { ...oneTask, deleteRecord: adjusting(flag.default(false)), triggers },
  [delaysAreOrdered, taskIsChosen],
  byConstructor,
);

/** Of the search that a `BackgroundTask` by name starts with. */
export const searchArguments = argumentForm(
  {
    instanceId: identifying(identifier),
    name: identifying(taskName),
    createdAfter: identifying(time.optional()),
    ...pace,
    ...place,
    triggers,
  },
  [delaysAreOrdered],
  byConstructor,
);

const quietInstance = {
  instanceId: identifying(identifier),
  name: identifying(taskName.optional()),
  createdAfter: identifying(time.optional()),
  failOnError: adjusting(flag.default(true)),
  expect: identifying(names.default([])),
  quietSeconds: adjusting(seconds(0).default(3)),
  untilRunning: adjusting(flag.default(true)),
  ...pace,
  ...place,
};

const anyStatus = { error: mustBe('a status, such as "EXECUTING"') };

/** Of `getBackgroundTasks`. */
export const listArguments = argumentForm(
  {
    instanceId: identifier,
    name: taskName.optional(),
    status: z.string(anyStatus).min(1, anyStatus).optional(),
    createdAfter: time.optional(),
    createdBefore: time.optional(),
    ...pace,
    ...place,
  },
  [delaysAreOrdered, timesAreOrdered],
);

/** Of `getQuietInstance`. */
export const quietInstanceArguments = argumentForm(quietInstance, [delaysAreOrdered, expectHasTime]);

/** Of `retryWhileBusy`. */
export const retryArguments = argumentForm({ ...quietInstance, maxRetries }, [delaysAreOrdered, expectHasTime]);

/** Of `quietInstanceHooks`. */
export const hookArguments = argumentForm({ ...quietInstance, maxRetries, beforeDelete: flag.default(false) }, [
  delaysAreOrdered,
  expectHasTime,
]);

/** Of `QuietInstance`. */
export const barrierArguments = argumentForm({ ...quietInstance, triggers }, [delaysAreOrdered], byConstructor);

export type LookUpArguments = Parsed<typeof lookUpArguments>;
export type ListArguments = Parsed<typeof listArguments>;
export type QuietInstanceArguments = Parsed<typeof quietInstanceArguments>;
export type GivenTaskArguments = Given<typeof taskArguments>;
export type GivenSearchArguments = Given<typeof searchArguments>;
export type GivenBarrierArguments = Given<typeof barrierArguments>;

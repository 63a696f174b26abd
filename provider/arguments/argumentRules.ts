import type { Rule } from "./argumentForm";
import { stackDefaultPlace } from "./stackDefaults";
import { parseTaskTime } from "../task/task";

// How arguments must fit each other.

export const delaysAreOrdered: Rule = (given, { minDelaySeconds, maxDelaySeconds }, stackDefaults) => {
  const areNumbers = typeof minDelaySeconds === "number" && typeof maxDelaySeconds === "number";
  if (!areNumbers || minDelaySeconds <= maxDelaySeconds) {
    return [];
  }
  const property = given["minDelaySeconds"] === undefined ? "maxDelaySeconds" : "minDelaySeconds";
  const isOfStack = given["maxDelaySeconds"] === undefined && stackDefaults["maxDelaySeconds"] !== undefined;
  const greatest = isOfStack
    ? `${stackDefaultPlace("maxDelaySeconds")} (${maxDelaySeconds})`
    : `maxDelaySeconds (${maxDelaySeconds})`;
  const reason = `minDelaySeconds (${minDelaySeconds}) must not be greater than ${greatest}`;
  return [{ property, reason }];
};

export const taskIsChosen: Rule = ({ taskId, name, createdAfter }) => {
  if (taskId === undefined && name === undefined) {
    return [
      {
        property: "taskId",
        reason:
          "taskId is required: set it to the task's id, or set name instead to wait for the newest task of that name",
      },
    ];
  }
  if (taskId !== undefined && name !== undefined) {
    return [
      {
        property: "name",
        reason: "name must not be set together with taskId: set only one of them",
      },
    ];
  }
  return createdAfter !== undefined && name === undefined
    ? [{ property: "createdAfter", reason: "createdAfter is accepted only with name, not with taskId" }]
    : [];
};

/** A function does not know when the task started, and an older run must not count. */
export const nameHasTime: Rule = ({ name, createdAfter }, { wait }) =>
  name !== undefined && createdAfter === undefined && wait !== false
    ? [
        {
          property: "createdAfter",
          reason:
            "createdAfter is required with name, or an older run could count: set it to the earliest start time that " +
            "counts, an RFC 3339 time with a zone, or set wait: false",
        },
      ]
    : [];

export const timesAreOrdered: Rule = ({ createdAfter, createdBefore }) => {
  const after = typeof createdAfter === "string" ? parseTaskTime(createdAfter) : undefined;
  const before = typeof createdBefore === "string" ? parseTaskTime(createdBefore) : undefined;
  return after !== undefined && before !== undefined && after >= before
    ? [
        {
          property: "createdBefore",
          reason: `createdBefore (${String(createdBefore)}) must be later than createdAfter (${String(createdAfter)})`,
        },
      ]
    : [];
};

/** As with a name: a function does not know when the expected tasks started. */
export const expectHasTime: Rule = ({ expect, createdAfter }) =>
  expect !== undefined && createdAfter === undefined
    ? [
        {
          property: "createdAfter",
          reason:
            "createdAfter is required with expect, or an older run could count: set it to the earliest start time that counts",
        },
      ]
    : [];

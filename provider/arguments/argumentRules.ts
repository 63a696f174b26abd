import type { Rule } from "./argumentForm";
import { parseTaskTime } from "../task/task";

// What arguments must be beside each other.

export const delaysAreOrdered: Rule = (given, { minDelaySeconds, maxDelaySeconds }) => {
  const areNumbers = typeof minDelaySeconds === "number" && typeof maxDelaySeconds === "number";
  if (!areNumbers || minDelaySeconds <= maxDelaySeconds) {
    return [];
  }
  const property = given["minDelaySeconds"] === undefined ? "maxDelaySeconds" : "minDelaySeconds";
  const reason = `minDelaySeconds must not be more than maxDelaySeconds, but is ${minDelaySeconds} against ${maxDelaySeconds}`;
  return [{ property, reason }];
};

export const taskIsChosen: Rule = ({ taskId, name, createdAfter }) => {
  if (taskId === undefined && name === undefined) {
    return [
      {
        property: "taskId",
        reason:
          "taskId is required: it must be a string, the task's id; or give name, and the newest task of that name is meant",
      },
    ];
  }
  if (taskId !== undefined && name !== undefined) {
    return [
      {
        property: "name",
        reason: "name must not be given together with taskId: either of them tells which task is meant",
      },
    ];
  }
  return createdAfter !== undefined && name === undefined
    ? [{ property: "createdAfter", reason: "createdAfter has a meaning with name only, not with taskId" }]
    : [];
};

/** Nothing tells a function when what it looks for began, and an old run must not pass for a new one. */
export const nameHasTime: Rule = ({ name, createdAfter }, { wait }) =>
  name !== undefined && createdAfter === undefined && wait !== false
    ? [
        {
          property: "createdAfter",
          reason:
            "createdAfter is required with name, or an old run could pass for a new one: it must be an RFC 3339 time with " +
            "a zone, from which on tasks count; or say wait: false",
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
          reason: `createdBefore must be later than createdAfter, but is ${String(createdBefore)} against ${String(createdAfter)}`,
        },
      ]
    : [];
};

/** As with a name: nothing tells a function when the expected tasks began. */
export const expectHasTime: Rule = ({ expect, createdAfter }) =>
  expect !== undefined && createdAfter === undefined
    ? [
        {
          property: "createdAfter",
          reason: "createdAfter is required with expect, or an old run could pass for a new one",
        },
      ]
    : [];

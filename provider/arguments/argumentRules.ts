import type { ArgumentFault, Rule } from "./argumentForm";
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

export const listFitsWait: Rule = ({ wait, status, expect, createdAfter, createdBefore, quietSeconds }) => {
  const after = typeof createdAfter === "string" ? parseTaskTime(createdAfter) : undefined;
  const before = typeof createdBefore === "string" ? parseTaskTime(createdBefore) : undefined;
  const found: ArgumentFault[] = [];
  if (after !== undefined && before !== undefined && after >= before) {
    found.push({
      property: "createdBefore",
      reason: `createdBefore must be later than createdAfter, but is ${String(createdBefore)} against ${String(createdAfter)}`,
    });
  }
  if (wait === true && status !== undefined) {
    found.push({
      property: "status",
      reason: "status has no meaning with wait: true, which waits for every status to end",
    });
  }
  if (wait !== true && (expect !== undefined || quietSeconds !== undefined)) {
    const property = expect !== undefined ? "expect" : "quietSeconds";
    found.push({ property, reason: `${property} has a meaning with wait: true only` });
  }
  if (wait === true && expect !== undefined && createdAfter === undefined) {
    const reason = "createdAfter is required with expect, or an old run could pass for a new one";
    found.push({ property: "createdAfter", reason });
  }
  return found;
};

import { z } from "zod";
import {
  byConstructor,
  describe,
  flag,
  identifier,
  mustBe,
  names,
  pace,
  place,
  seconds,
  taskName,
  time,
  triggers,
} from "./argumentShapes";
import { defaultDelayBounds } from "../schedule/schedule";
import { parseTaskTime } from "../task/task";

/** One thing that is wrong with one argument, as a sentence. */
export interface ArgumentFault {
  property: string;
  reason: string;
}

const oneTask = {
  instanceId: identifier,
  taskId: identifier.optional(),
  name: taskName.optional(),
  createdAfter: time.optional(),
  wait: flag,
  failOnError: flag,
  ...pace,
  ...place,
};

const functionArguments = z.strictObject({
  ...oneTask,
  ifMissing: z.enum(["error", "undefined"], { error: mustBe('"error" or "undefined"') }).optional(),
});

const resourceArguments = z.strictObject({ ...oneTask, deleteRecord: flag, triggers, ...byConstructor });

const searchArguments = z.strictObject({
  instanceId: identifier,
  name: taskName,
  createdAfter: time.optional(),
  ...pace,
  triggers,
  ...place,
  ...byConstructor,
});

const manyTasks = {
  instanceId: identifier,
  name: taskName.optional(),
  createdAfter: time.optional(),
  failOnError: flag,
  expect: names,
  quietSeconds: seconds(0),
  ...pace,
  ...place,
};

const listArguments = z.strictObject({
  ...manyTasks,
  status: z
    .string({ error: mustBe('a status, such as "EXECUTING"') })
    .min(1, { error: mustBe('a status, such as "EXECUTING"') })
    .optional(),
  createdBefore: time.optional(),
  wait: flag,
});

const barrierArguments = z.strictObject({ ...manyTasks, triggers, ...byConstructor });

export type FunctionArguments = z.infer<typeof functionArguments>;
export type ResourceArguments = z.infer<typeof resourceArguments>;
export type SearchArguments = z.infer<typeof searchArguments>;
export type ListArguments = z.infer<typeof listArguments>;
export type BarrierArguments = z.infer<typeof barrierArguments>;

const isByConstructor = (name: string) => Object.hasOwn(byConstructor, name);

export const faultsOfFunctionArguments = (args: unknown) => [
  ...faults(functionArguments, args),
  ...faultsOfChoice(args),
  ...faultOfMissingTime(args),
];
export const faultsOfResourceArguments = (args: unknown) => [
  ...faults(resourceArguments, args),
  ...faultsOfChoice(args),
];
export const faultsOfSearchArguments = (args: unknown) => faults(searchArguments, args);
export const faultsOfListArguments = (args: unknown) => [...faults(listArguments, args), ...faultsOfWaitingList(args)];
export const faultsOfBarrierArguments = (args: unknown) => faults(barrierArguments, args);

function faults(shape: z.ZodObject, args: unknown): ArgumentFault[] {
  const found = shape.safeParse(args).error?.issues.flatMap((issue) => describeIssue(shape, issue)) ?? [];
  const {
    minDelaySeconds = defaultDelayBounds.minDelayMs / 1000,
    maxDelaySeconds = defaultDelayBounds.maxDelayMs / 1000,
  } = (args ?? {}) as Partial<ResourceArguments>;
  const areNumbers = typeof minDelaySeconds === "number" && typeof maxDelaySeconds === "number";
  if (areNumbers && minDelaySeconds > maxDelaySeconds) {
    const property =
      (args as Partial<ResourceArguments>).minDelaySeconds === undefined ? "maxDelaySeconds" : "minDelaySeconds";
    const reason = `minDelaySeconds must not be more than maxDelaySeconds, but is ${minDelaySeconds} against ${maxDelaySeconds}`;
    found.push({ property, reason });
  }
  return found;
}

function faultsOfChoice(args: unknown): ArgumentFault[] {
  const { taskId, name, createdAfter } = (args ?? {}) as Partial<ResourceArguments>;
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
}

/** Nothing tells a function when what it looks for began, and an old run must not pass for a new one. */
function faultOfMissingTime(args: unknown): ArgumentFault[] {
  const { name, createdAfter, wait } = (args ?? {}) as Partial<FunctionArguments>;
  return name !== undefined && createdAfter === undefined && wait !== false
    ? [
        {
          property: "createdAfter",
          reason:
            "createdAfter is required with name, or an old run could pass for a new one: it must be an RFC 3339 time with " +
            "a zone, from which on tasks count; or say wait: false",
        },
      ]
    : [];
}

function faultsOfWaitingList(args: unknown): ArgumentFault[] {
  const { wait, status, expect, createdAfter, createdBefore, quietSeconds } = (args ?? {}) as Partial<ListArguments>;
  const after = typeof createdAfter === "string" ? parseTaskTime(createdAfter) : undefined;
  const before = typeof createdBefore === "string" ? parseTaskTime(createdBefore) : undefined;
  const found: ArgumentFault[] = [];
  if (after !== undefined && before !== undefined && after >= before) {
    found.push({
      property: "createdBefore",
      reason: `createdBefore must be later than createdAfter, but is ${createdBefore} against ${createdAfter}`,
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
}

function describeIssue(shape: z.ZodObject, issue: z.core.$ZodIssue): ArgumentFault[] {
  if (issue.code === "unrecognized_keys") {
    const names = Object.keys(shape.shape).filter((name) => !isByConstructor(name));
    return issue.keys.map((property) => ({
      property,
      reason: `there is no argument ${JSON.stringify(property)}: the arguments are ${names.join(", ")}`,
    }));
  }
  if (issue.path.length === 0) {
    return [{ property: "args", reason: `the arguments must be an object, but are ${describe(issue.input)}` }];
  }
  const [property, ...inside] = issue.path.map(String);
  const place = inside.map((part) => `[${part}]`).join("");
  return [{ property: property!, reason: `${property}${place} ${issue.message}` }];
}

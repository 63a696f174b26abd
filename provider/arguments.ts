import { z } from "zod";
import { faultOfIdentifier } from "./identifier";
import { defaultDelayBounds } from "./schedule";
import { endpointOfRegion, parseBaseUrl } from "./serviceEndpoint";
import { serviceNames } from "./services";
import type { BarrierOptions } from "./barrier";
import type { StartOfWait } from "./startOfWait";
import { parseTaskTime } from "./taskRecord";
import type { WaitOptions } from "./waiter";

/** One thing that is wrong with one argument, as a sentence. */
export interface ArgumentFault {
  property: string;
  reason: string;
}

const longestWaitSeconds = 24 * 60 * 60;

// Each message is the end of a sentence that begins with the argument's name.
const mustBe = (what: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? `is required: it must be ${what}` : `must be ${what}, but is ${describe(issue.input)}`;

/** A string that `fault` finds nothing wrong with. */
const stringWithout = (what: string, fault: (value: string) => string | undefined) =>
  z.string({ error: mustBe(what) }).superRefine((value, context) => {
    const message = fault(value);
    if (message) {
      context.addIssue({ code: "custom", message });
    }
  });

const faultOf = (check: (value: string) => unknown) => (value: string) => {
  try {
    check(value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

const seconds = (minimum: number, isExclusive = false) => {
  const range = `a number of seconds ${isExclusive ? "over" : "from"} ${minimum}${isExclusive ? ", and no more than" : " to"} ${longestWaitSeconds}`;
  return z
    .number({ error: mustBe(range) })
    .refine((value) => (isExclusive ? value > minimum : value >= minimum) && value <= longestWaitSeconds, {
      error: mustBe(range),
    })
    .optional();
};

const flag = z.boolean({ error: mustBe("true or false") }).optional();
const identifier = stringWithout("a string", faultOfIdentifier);

const place = {
  service: z
    .enum(serviceNames, { error: mustBe(`one of ${serviceNames.map((name) => `"${name}"`).join(", ")}`) })
    .optional(),
  projectId: identifier.optional(),
  region: stringWithout(
    "a string",
    faultOf((value) => endpointOfRegion("dms", value)),
  ).optional(),
  cloud: stringWithout("a string", (value) => (value === "" ? "must not be empty" : undefined)).optional(),
  // Whether plain http is taken, the settings tell.
  endpoint: stringWithout(
    "a string",
    faultOf((value) => parseBaseUrl(value, { allowHttp: true })),
  ).optional(),
};

const pace = {
  timeoutSeconds: seconds(0, true),
  appearTimeoutSeconds: seconds(0),
  minDelaySeconds: seconds(0.1),
  maxDelaySeconds: seconds(0.1),
};

const longestName = 256;
const taskName = stringWithout("a string", (value) =>
  value === ""
    ? "must not be empty"
    : value.length > longestName
      ? `must not be longer than ${longestName} characters, but has ${value.length}`
      : undefined,
);
const time = z.iso.datetime({
  offset: true,
  error: mustBe('an RFC 3339 time with a zone, such as "2026-01-31T08:00:00Z"'),
});
const triggers = z
  .array(z.json({ error: mustBe("a JSON value") }), { error: mustBe("an array of JSON values") })
  .optional();
const names = z.array(taskName, { error: mustBe("an array of names of tasks") }).optional();

// Set by a resource's constructor, not by the user.
const byConstructor = {
  createTimeoutSeconds: seconds(0, true),
  updateTimeoutSeconds: seconds(0, true),
  resourceUrn: z.string().optional(),
  startedAtMs: z.number().optional(),
};

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

const longestShown = 100;

function describe(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value);
  }
  if (typeof value === "object" && value !== null) {
    if ("__pulumiOutput" in value) {
      return "an Output (the function whose name ends in Output takes those)";
    }
    return Array.isArray(value) ? "an array" : value instanceof Promise ? "a Promise" : "an object";
  }
  return typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : String(value);
}

/** The waiter's options, in its units and with the defaults filled in. */
export function waitOptionsOf(args: Partial<ResourceArguments>): Omit<WaitOptions, "lastSeen"> {
  const ms = (value: number | undefined, defaultMs: number) => (value === undefined ? defaultMs : value * 1000);
  return {
    wait: args.wait ?? true,
    timeoutMs: ms(args.timeoutSeconds, 1_800_000),
    appearTimeoutMs: ms(args.appearTimeoutSeconds, 60_000),
    minDelayMs: ms(args.minDelaySeconds, defaultDelayBounds.minDelayMs),
    maxDelayMs: ms(args.maxDelaySeconds, defaultDelayBounds.maxDelayMs),
  };
}

/** The barrier's options. Without `createdAfter`, the expected tasks count from the start of the update on. */
export function barrierOptionsOf(args: Partial<BarrierArguments>): BarrierOptions {
  const { createdAfter, startedAtMs, expect = [], quietSeconds = 3 } = args;
  const { wait, ...pace } = waitOptionsOf(args);
  return { ...pace, quietMs: quietSeconds * 1000, expect, expectFrom: startOf(createdAfter, startedAtMs) };
}

/** From when on tasks count: an explicit time is compared with the service's times as it stands. */
export function startOf(createdAfter: string | undefined, startedAtMs: number | undefined): StartOfWait | undefined {
  const atMs = parseTaskTime(createdAfter);
  if (atMs !== undefined) {
    return { at: { leastMs: atMs, greatestMs: atMs } };
  }
  return startedAtMs === undefined ? undefined : { localMs: startedAtMs };
}

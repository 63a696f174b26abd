import { z } from "zod";
import { faultOfIdentifier } from "./identifier";
import { defaultDelayBounds } from "./schedule";
import { endpointOfRegion, parseBaseUrl } from "./serviceEndpoint";
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

const commonArguments = {
  instanceId: identifier,
  taskId: identifier,
  wait: flag,
  failOnError: flag,
  timeoutSeconds: seconds(0, true),
  appearTimeoutSeconds: seconds(0),
  minDelaySeconds: seconds(0.1),
  maxDelaySeconds: seconds(0.1),
  projectId: identifier.optional(),
  region: stringWithout(
    "a string",
    faultOf((value) => endpointOfRegion("dms", value)),
  ).optional(),
  endpoint: stringWithout("a string", faultOf(parseBaseUrl)).optional(),
};

const functionArguments = z.strictObject({
  ...commonArguments,
  ifMissing: z.enum(["error", "undefined"], { error: mustBe('"error" or "undefined"') }).optional(),
});

const resourceArguments = z.strictObject({
  ...commonArguments,
  triggers: z.array(z.json({ error: mustBe("a JSON value") }), { error: mustBe("an array of JSON values") }).optional(),
  // Set by the resource's constructor, not by the user.
  createTimeoutSeconds: seconds(0, true),
  updateTimeoutSeconds: seconds(0, true),
  resourceUrn: z.string().optional(),
});

export type FunctionArguments = z.infer<typeof functionArguments>;
export type ResourceArguments = z.infer<typeof resourceArguments>;

const setByConstructor = new Set(["createTimeoutSeconds", "updateTimeoutSeconds", "resourceUrn"]);

export const faultsOfFunctionArguments = (args: unknown) => faults(functionArguments, args);
export const faultsOfResourceArguments = (args: unknown) => faults(resourceArguments, args);

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

function describeIssue(shape: z.ZodObject, issue: z.core.$ZodIssue): ArgumentFault[] {
  if (issue.code === "unrecognized_keys") {
    const names = Object.keys(shape.shape).filter((name) => !setByConstructor.has(name));
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
export function waitOptionsOf(args: Partial<ResourceArguments>): WaitOptions {
  const ms = (value: number | undefined, defaultMs: number) => (value === undefined ? defaultMs : value * 1000);
  return {
    wait: args.wait ?? true,
    timeoutMs: ms(args.timeoutSeconds, 1_800_000),
    appearTimeoutMs: ms(args.appearTimeoutSeconds, 60_000),
    minDelayMs: ms(args.minDelaySeconds, defaultDelayBounds.minDelayMs),
    maxDelayMs: ms(args.maxDelaySeconds, defaultDelayBounds.maxDelayMs),
  };
}

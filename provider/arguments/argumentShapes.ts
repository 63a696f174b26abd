import { z } from "zod";
import { endpointOfRegion, faultOfIdentifier, parseBaseUrl } from "../http/addresses";
import { serviceNames } from "../task/services";

// What single arguments must be, and the sentences that say so.

const longestWaitSeconds = 24 * 60 * 60;

// Each message is the end of a sentence that begins with the argument's name.
export const mustBe = (what: string) => (issue: { input?: unknown }) =>
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

export const seconds = (minimum: number, isExclusive = false) => {
  const range = `a number of seconds ${isExclusive ? "over" : "from"} ${minimum}${isExclusive ? ", and no more than" : " to"} ${longestWaitSeconds}`;
  return z
    .number({ error: mustBe(range) })
    .refine((value) => (isExclusive ? value > minimum : value >= minimum) && value <= longestWaitSeconds, {
      error: mustBe(range),
    })
    .optional();
};

export const flag = z.boolean({ error: mustBe("true or false") }).optional();
export const identifier = stringWithout("a string", faultOfIdentifier);

export const place = {
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

export const pace = {
  timeoutSeconds: seconds(0, true),
  appearTimeoutSeconds: seconds(0),
  minDelaySeconds: seconds(0.1),
  maxDelaySeconds: seconds(0.1),
};

const longestName = 256;
export const taskName = stringWithout("a string", (value) =>
  value === ""
    ? "must not be empty"
    : value.length > longestName
      ? `must not be longer than ${longestName} characters, but has ${value.length}`
      : undefined,
);
export const time = z.iso.datetime({
  offset: true,
  error: mustBe('an RFC 3339 time with a zone, such as "2026-01-31T08:00:00Z"'),
});
export const triggers = z
  .array(z.json({ error: mustBe("a JSON value") }), { error: mustBe("an array of JSON values") })
  .optional();
export const names = z.array(taskName, { error: mustBe("an array of names of tasks") }).optional();

// Set by a resource's constructor, not by the user.
export const byConstructor = {
  createTimeoutSeconds: seconds(0, true),
  updateTimeoutSeconds: seconds(0, true),
  resourceUrn: z.string().optional(),
  startedAtMs: z.number().optional(),
};

const longestShown = 100;

/** A value in a sentence. */
export function describe(value: unknown): string {
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

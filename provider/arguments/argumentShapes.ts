import { z } from "zod";
import { adjusting, identifying } from "./argumentForm";
import { describeGiven } from "./givenValue";
import { endpointOfRegion, faultOfIdentifier, parseBaseUrl } from "../http/addresses";
import { defaultDelayBounds } from "../schedule/schedule";
import { cloudProviders } from "../task/cloudProviders";
import { defaultService, serviceNames } from "../task/services";

// What each argument must be, the messages for it, and the defaults.

const longestWaitSeconds = 24 * 60 * 60;

// Each message is the end of a sentence that starts with the argument's name.
export const mustBe = (what: string) => (issue: { input?: unknown }) =>
  issue.input === undefined
    ? `is required: it must be ${what}`
    : `must be ${what}, but is ${describeGiven(issue.input)}`;

/** A string in which `fault` finds no fault. */
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
    });
};

export const flag = z.boolean({ error: mustBe("true or false") });
// The engine itself gives up after 100 attempts.
const retries = { error: mustBe("a whole number from 0 to 99") };
export const maxRetries = z.number(retries).int(retries).min(0, retries).max(99, retries).default(5);
export const identifier = stringWithout("a string", faultOfIdentifier);

export const place = {
  service: identifying(
    z
      .enum(serviceNames, { error: mustBe(`one of ${serviceNames.map((name) => `"${name}"`).join(", ")}`) })
      .default(defaultService),
  ),
  projectId: identifying(identifier.optional()),
  region: identifying(
    stringWithout(
      "a string",
      faultOf((value) => endpointOfRegion("dms", value)),
    ).optional(),
  ),
  cloudProvider: identifying(
    z.enum(cloudProviders, { error: mustBe(cloudProviders.map((name) => `"${name}"`).join(" or ")) }).optional(),
  ),
  cloud: identifying(stringWithout("a string", (value) => (value === "" ? "must not be empty" : undefined)).optional()),
  // The settings decide whether plain http is accepted.
  endpoint: identifying(
    stringWithout(
      "a string",
      faultOf((value) => parseBaseUrl(value, { allowHttp: true })),
    ).optional(),
  ),
};

export const pace = {
  timeoutSeconds: adjusting(seconds(0, true).default(1800)),
  appearTimeoutSeconds: adjusting(seconds(0).default(60)),
  minDelaySeconds: adjusting(seconds(0.1).default(defaultDelayBounds.minDelayMs / 1000)),
  maxDelaySeconds: adjusting(seconds(0.1).default(defaultDelayBounds.maxDelayMs / 1000)),
};

const longestName = 256;
export const taskName = stringWithout("a string", (value) =>
  value === ""
    ? "must not be empty"
    : value.length > longestName
      ? `must not be longer than ${longestName} characters, but has ${value.length}`
      : /\p{Surrogate}/u.test(value)
        ? `must be valid Unicode, but is ${JSON.stringify(value)}`
        : undefined,
);
export const time = z.iso.datetime({
  offset: true,
  error: mustBe('an RFC 3339 time with a zone, such as "2026-01-31T08:00:00Z"'),
});
export const triggers = identifying(
  z.array(z.json({ error: mustBe("a JSON value") }), { error: mustBe("an array of JSON values") }).optional(),
);
export const names = z.array(taskName, { error: mustBe("an array of names of tasks") });

// Set by a resource's constructor, not by the user.
export const byConstructor = {
  createTimeoutSeconds: adjusting(seconds(0, true).optional()),
  updateTimeoutSeconds: adjusting(seconds(0, true).optional()),
  resourceUrn: z.string().optional(),
  startedAtMs: z.number().optional(),
};

import { z } from "zod";
import { describeGiven } from "./givenValue";
import { nearestName } from "./nearMiss";

/** A fault of one argument, as a sentence. */
export interface ArgumentFault {
  property: string;
  reason: string;
}

/** What a change of an argument means to a resource. */
type Mark =
  /** The argument decides which task to wait for, and where: a change means another wait. */
  | "identifying"
  /** The argument decides how to wait and to judge: a change is only recorded. */
  | "adjusting";

const marks = z.registry<{ mark: Mark }>();

const markAs =
  (mark: Mark) =>
  <A extends z.ZodType>(argument: A): A => {
    // The mark is on a copy, because another resource may use the same argument differently.
    const copy = argument.clone();
    marks.add(copy, { mark });
    return copy;
  };

export const identifying = markAs("identifying");
export const adjusting = markAs("adjusting");

/**
 * The faults of arguments that do not fit each other. `values` are `given` with the defaults filled in, some of which are
 * the stack's.
 */
export type Rule = (given: Fields, values: Fields, stackDefaults: Fields) => ArgumentFault[];

interface Fields {
  [name: string]: unknown;
}

/** Arguments as a user may set them. */
export type Given<Form extends { shape: z.ZodType }> = z.input<Form["shape"]>;

/** The same with the defaults filled in. */
export type Parsed<Form extends { shape: z.ZodType }> = z.output<Form["shape"]>;

interface Shapes {
  [name: string]: z.ZodType;
}

/**
 * The arguments of one function or resource, with everything that their shapes define. Users may not set those in
 * `byConstructor`: a resource's constructor does.
 */
export function argumentForm<Own extends Shapes, ByConstructor extends Shapes = Record<never, never>>(
  own: Own,
  rules: Rule[],
  byConstructor = {} as ByConstructor,
) {
  const fields: Own & ByConstructor = { ...own, ...byConstructor };
  const shape = z.strictObject(fields);
  const names = Object.keys(own);
  const markedAs = (mark: Mark) => Object.keys(fields).filter((name) => marks.get(fields[name]!)?.mark === mark);

  /**
   * The arguments with their defaults, of which the stack's take precedence. They have been checked before; a value that
   * an earlier release accepted and this one would reject stays as it is.
   */
  const withDefaults = (args: object, stackDefaults: object = {}): z.output<typeof shape> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, argument]) => {
        const own = (args as Fields)[name];
        const given = own === undefined ? (stackDefaults as Fields)[name] : own;
        const parsed = argument.safeParse(given);
        return [name, parsed.success ? parsed.data : given];
      }),
    ) as z.output<typeof shape>;

  return {
    shape,
    /** The arguments that users may set. */
    names,
    identifying: markedAs("identifying"),
    adjusting: markedAs("adjusting"),
    withDefaults,
    faultsOf: (args: unknown, stackDefaults: object = {}): ArgumentFault[] => {
      const given = (args ?? {}) as Fields;
      const values = withDefaults(given, stackDefaults) as Fields;
      const found = shape.safeParse(args).error?.issues ?? [];
      const faults = [
        ...found.flatMap((issue) => describeIssue(issue, names)),
        ...rules.flatMap((rule) => rule(given, values, stackDefaults as Fields)),
      ];
      // A misspelled argument is not missing as well.
      const unknown = faults.flatMap(({ property }) => (property in fields ? [] : [property]));
      const meant = unknown.map((name) => nearestName(name, names));
      return faults.filter(({ property }) => given[property] !== undefined || !meant.includes(property));
    },
  };
}

function describeIssue(issue: z.core.$ZodIssue, names: string[]): ArgumentFault[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((property) => {
      const meant = nearestName(property, names);
      const question = meant === undefined ? "the" : `did you mean ${meant}? The`;
      const reason = `unknown argument ${JSON.stringify(property)}: ${question} arguments are ${names.join(", ")}`;
      return { property, reason };
    });
  }
  if (issue.path.length === 0) {
    return [{ property: "args", reason: `the arguments must be an object, but are ${describeGiven(issue.input)}` }];
  }
  const [property, ...inside] = issue.path.map(String);
  const place = inside.map((part) => `[${part}]`).join("");
  return [{ property: property!, reason: `${property}${place} ${issue.message}` }];
}

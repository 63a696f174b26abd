import { z } from "zod";
import { describeGiven } from "./givenValue";

/** One thing that is wrong with one argument, as a sentence. */
export interface ArgumentFault {
  property: string;
  reason: string;
}

/** What an argument is to a resource. */
type Mark =
  /** It decides which task is waited for, and where: a change is another wait. */
  | "identifying"
  /** It decides how it is waited for and judged: a change is recorded. */
  | "adjusting";

const marks = z.registry<{ mark: Mark }>();

const markAs =
  (mark: Mark) =>
  <A extends z.ZodType>(argument: A): A => {
    // What it is to one resource it may not be to another: the mark is on a copy.
    const copy = argument.clone();
    marks.add(copy, { mark });
    return copy;
  };

export const identifying = markAs("identifying");
export const adjusting = markAs("adjusting");

/** What is wrong with arguments that are fine each by itself. `values` are `given` with the defaults filled in. */
export type Rule = (given: Fields, values: Fields) => ArgumentFault[];

interface Fields {
  [name: string]: unknown;
}

/** Arguments as a user may give them to a form. */
export type Given<Form extends { shape: z.ZodType }> = z.input<Form["shape"]>;

/** The same with the defaults filled in. */
export type Parsed<Form extends { shape: z.ZodType }> = z.output<Form["shape"]>;

interface Shapes {
  [name: string]: z.ZodType;
}

/**
 * The arguments of one function or resource: all that is known of them, from their shapes. Those that a resource's
 * constructor sets are no part of what users may give.
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
   * The arguments as they act. They have been checked by then; what an earlier release accepted and this one would not
   * stays as it is.
   */
  const withDefaults = (args: object): z.output<typeof shape> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, argument]) => {
        const given = (args as Fields)[name];
        const parsed = argument.safeParse(given);
        return [name, parsed.success ? parsed.data : given];
      }),
    ) as z.output<typeof shape>;

  return {
    shape,
    /** What users may give. */
    names,
    identifying: markedAs("identifying"),
    adjusting: markedAs("adjusting"),
    withDefaults,
    faultsOf: (args: unknown): ArgumentFault[] => {
      const given = (args ?? {}) as Fields;
      const values = withDefaults(given) as Fields;
      const found = shape.safeParse(args).error?.issues ?? [];
      return [
        ...found.flatMap((issue) => describeIssue(issue, names)),
        ...rules.flatMap((rule) => rule(given, values)),
      ];
    },
  };
}

function describeIssue(issue: z.core.$ZodIssue, names: string[]): ArgumentFault[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((property) => ({
      property,
      reason: `there is no argument ${JSON.stringify(property)}: the arguments are ${names.join(", ")}`,
    }));
  }
  if (issue.path.length === 0) {
    return [{ property: "args", reason: `the arguments must be an object, but are ${describeGiven(issue.input)}` }];
  }
  const [property, ...inside] = issue.path.map(String);
  const place = inside.map((part) => `[${part}]`).join("");
  return [{ property: property!, reason: `${property}${place} ${issue.message}` }];
}

import type * as pulumi from "@pulumi/pulumi";
import type { ArgumentFault } from "../arguments/argumentForm";
import type { WaitOptions } from "./functionOptions";

/** What is known of a function before it is called. */
export interface DataSource<Arguments, Result> {
  functionName: string;
  /** Whether it takes the options of functions that wait. */
  waits: boolean;
  /** The result from the answer of a user's mocks. */
  resultOfMocks: (answer: unknown) => Result;
  lookUp: () => LookUp<Arguments, Result>;
}

/** How one function gets its result. */
export interface LookUp<Arguments, Result> {
  form: {
    faultsOf: (args: unknown, stackDefaults: object) => ArgumentFault[];
    withDefaults: (args: never, stackDefaults: object) => Arguments;
  };
  /** Looks, and waits if the arguments require it. */
  result(args: Arguments, opts: WaitOptions): Promise<Result>;
  /** What a preview's one look saw, and whether an update would have the same result. It never fails. */
  preview(args: Arguments, parent: pulumi.Resource | undefined): Promise<{ seen: Result; isFinal: boolean }>;
}

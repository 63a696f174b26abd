import type * as pulumi from "@pulumi/pulumi";

/** Arguments, each of which may be an Input. */
export type InputsOf<Args> = { [name in keyof Args]: pulumi.Input<Args[name]> };

/** The same where there may be Dates: an Output of a Date would lose it, so that a Date is given as it is. */
export type OutputArgsOf<Args> = {
  [name in keyof Args]: pulumi.Input<Exclude<Args[name], Date>> | Extract<Args[name], Date>;
};

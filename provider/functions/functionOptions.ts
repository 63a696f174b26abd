import type * as pulumi from "@pulumi/pulumi";

/** Options of the functions. Those of other functions (`provider`, `version`, ...) mean nothing here. */
export interface FunctionOptions {
  /** Whose row shows the progress; default: the stack's. */
  parent?: pulumi.Resource;
}

/** Options of the functions that give Outputs. */
export interface FunctionOutputOptions extends FunctionOptions {
  /** What must have been created before the first look. */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

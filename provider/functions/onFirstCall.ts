import type * as ArgumentForms from "../arguments/arguments";
import type * as LookUps from "./lookUp";
import type * as ProgramConfiguration from "./programConfiguration";

// What only a call needs: checks, YAML and transport. Every program imports the package, also those whose resources the
// provider process serves alone, so none of this is loaded with it. `import()` would not do: Jest refuses it in CommonJS.
/* eslint-disable @typescript-eslint/no-require-imports */

export const argumentForms = () => require("../arguments/arguments") as typeof ArgumentForms;
export const lookUps = () => require("./lookUp") as typeof LookUps;
export const programConfiguration = () => require("./programConfiguration") as typeof ProgramConfiguration;

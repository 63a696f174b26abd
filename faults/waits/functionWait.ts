import * as pulumi from "@pulumi/pulumi";
import { timed, type Verdict } from "./verdict";

// What the functions tell of their progress would fill the terminal: without an engine, it is printed.
const muted = async () => undefined;
Object.assign(pulumi.log, { info: muted, warn: muted, debug: muted });

/** Waits by one of the package's functions, in this process. */
export function waitByFunction(call: () => Promise<unknown>): Promise<Verdict> {
  return timed(async () => {
    try {
      return { task: (await call()) as Verdict["task"] };
    } catch (error) {
      const { name, message } = error as Error;
      return { error: { name, message } };
    }
  });
}

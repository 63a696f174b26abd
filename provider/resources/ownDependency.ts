import { createRequire } from "node:module";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";

let isFound = false;

/**
 * The provider process looks for this package from the program's folder. A program that gets it through a shared library
 * alone may not have it there: package managers put it beside the library. Without this check, the update would end with
 * "provider.create is not a function".
 *
 * @throws RunError
 */
export function checkOwnDependency(): void {
  // Set by a language host, whose programs run in their own folder; a program inside another process may run anywhere.
  if (isFound || process.env["PULUMI_NODEJS_PROJECT"] === undefined) {
    return;
  }
  try {
    createRequire(path.join(process.cwd(), "package.json")).resolve("pulumi-otc-background-task/lifecycle");
    isFound = true;
  } catch {
    throw new pulumi.RunError(
      "Pulumi's provider process does not find pulumi-otc-background-task from the program's folder: " +
        "add pulumi-otc-background-task to the dependencies of the program's own package.json.",
    );
  }
}

// Starts the policy pack in the current folder as a language host does: with the SDK of the pack's own, and with what
// the SDK wants to know of the stack in the variables that it reads. The engine sets those for "nodejs" packs only.
import { createRequire } from "node:module";
import path from "node:path";

for (const name of ["ORGANIZATION", "PROJECT", "STACK", "DRY_RUN"]) {
  const value = process.env[`PULUMI_${name}`];
  if (value !== undefined) process.env[`PULUMI_NODEJS_${name}`] = value;
}
const ofPack = createRequire(path.join(process.cwd(), "package.json"));
process.argv[1] = ofPack.resolve("@pulumi/pulumi/cmd/run-policy-pack");
ofPack(process.argv[1]);

// `npm run lint:package -- [FILE]`: what two linters say of the packed file; without FILE it is made first.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { lintPackage } from "./lintPackage.mjs";
import { pack } from "./pack.mjs";

const destination = mkdtempSync(path.join(tmpdir(), "packed-"));
try {
  await lintPackage(process.argv[2] ?? pack({ destination }).file);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(destination, { recursive: true, force: true });
}

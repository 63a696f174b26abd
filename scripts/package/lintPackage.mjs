import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { repositoryRoot } from "../stamps.mjs";

/** Fails with what publint or are-the-types-wrong finds in a packed file. */
export async function lintPackage(file) {
  const tarball = readFileSync(file);
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer }, strict: true });
  const faults = messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);

  const attw = path.join(repositoryRoot, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
  const args = [attw, file, "--format", "ascii", "--no-color", "--no-emoji"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) faults.push(`are-the-types-wrong:\n${stdout}${stderr}`);

  if (faults.length > 0) throw new Error(faults.join("\n"));
}

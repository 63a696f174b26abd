// What is checked without running anything of the package: format, lint, types, documentation.
import { mkdirSync } from "node:fs";
import { bin, runStep, say } from "./steps.mjs";

/**
 * Runs all checks; shows what a failed one printed, and resolves with the names of those. Two are cached, by the content
 * of each file. ESLint's own cache is not used: a rule that knows types may judge a file by another, which has changed.
 */
export async function runChecks() {
  mkdirSync(".cache", { recursive: true });
  const failed = [];
  const check = async (title, command) => {
    const { code, printed } = await runStep(title, command);
    if (code === 0) return;
    say(printed);
    failed.push(title);
  };
  const others = async () => {
    await check("Types", [
      bin("typescript", "tsc"),
      "-p",
      ".",
      "--incremental",
      "--tsBuildInfoFile",
      ".cache/types.json",
    ]);
    const cache = ["--cache", "--cache-strategy", "content", "--cache-location", ".cache/format.json"];
    await check("Format", [bin("prettier"), "--check", "--log-level", "warn", ...cache, "."]);
    await check("Imports", ["scripts/lintImports.mjs"]);
    await check("Documentation", [bin("tsx"), "scripts/site/main.ts", "--check"]);
    await check("Places", ["scripts/lintPlaces.mjs"]);
  };
  // The first takes as long as the others together.
  await Promise.all([check("Lint", [bin("eslint"), "--max-warnings", "0", "."]), others()]);
  return failed;
}

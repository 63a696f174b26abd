// The steps of `npm test` and `npm run check`: Node.js scripts, each with one line on stderr that says how it went.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Runs a script; shows what it prints as it comes, or keeps it. `stdout` may be treated otherwise. */
export async function runStep(title, args, { show = false, stdout = show ? "inherit" : "pipe", env = {} } = {}) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", stdout, show ? "inherit" : "pipe"],
    env: { ...process.env, ...env },
  });
  let printed = "";
  for (const output of [child.stdout, child.stderr]) output?.on("data", (data) => (printed += data));
  const code = await new Promise((resolve) => child.on("close", (status) => resolve(status ?? 1)));
  say(`${title}: ${code === 0 ? "ok" : "FAILED"} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  return { code, printed };
}

/** Packages and bin/; without them nothing else can run. */
export async function setUp() {
  return (await runStep("Set-up", ["scripts/setup.mjs"], { show: true })).code === 0;
}

/** The script behind a package's command: run by this Node.js, without a shell, on every system. */
export function bin(packageName, command = packageName) {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return path.join(path.dirname(manifest), typeof bin === "string" ? bin : bin[command]);
}

export function say(text) {
  console.error(text);
}

/** Ends with the line `N passed, N failed`; the file that .ci/run names gets it too, since npm may print more after ours. */
export function finish(passed, failed) {
  const counts = `${passed} passed, ${failed} failed`;
  if (process.env.TEST_COUNTS_FILE) writeFileSync(process.env.TEST_COUNTS_FILE, `${counts}\n`);
  say(counts);
  process.exit(failed === 0 ? 0 : 1);
}

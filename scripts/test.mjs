// `npm test`: set-up, format, lint, types, engine, then all of Jest. One line for each that went well, all of the output
// of each that did not; a failed check does not keep the others from running. With arguments, Jest alone with these.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { repositoryRoot } from "./stamps.mjs";

process.chdir(repositoryRoot);
const jestArguments = process.argv.slice(2);
const jestResults = path.join(".cache", `jest-results-${process.pid}.json`);
mkdirSync(".cache", { recursive: true });

if ((await run("Set-up", ["scripts/setup.mjs"], { show: true })).code !== 0) finish(0, 1);

const failedChecks = [];
if (jestArguments.length === 0) {
  await check("Format", [bin("prettier"), "--check", "--log-level", "warn", "."]);
  await check("Lint", [bin("eslint"), "--max-warnings", "0", "."]);
  await check("Types", [bin("typescript", "tsc"), "-p", "."]);
}
// Once and before Jest, with its progress shown; each engine test then finds it.
await check("Engine", [bin("tsx"), "engine/install.ts"], { show: true });

const jest = await run("Jest", [bin("jest"), "--json", "--outputFile", jestResults, ...jestArguments], {
  show: true,
  // With --json Jest writes the results to stdout too; what is for people to read is on stderr.
  quietStdout: true,
});
const { passed, failed } = countTests();
if (failedChecks.length > 0) say(`Failed, see above: ${failedChecks.join(", ")}.`);
finish(passed, failed + failedChecks.length, jest.code);

async function check(title, command, options = {}) {
  const { code, printed } = await run(title, command, options);
  if (code === 0) return;
  say(printed);
  failedChecks.push(title);
}

/** Runs a Node.js script; shows what it prints as it comes, or keeps it. */
async function run(title, args, { show = false, quietStdout = false } = {}) {
  const startedAt = performance.now();
  const stream = show ? "inherit" : "pipe";
  const child = spawn(process.execPath, args, { stdio: ["ignore", quietStdout ? "ignore" : stream, stream] });
  let printed = "";
  for (const output of [child.stdout, child.stderr]) output?.on("data", (data) => (printed += data));
  const code = await new Promise((resolve) => child.on("close", (status) => resolve(status ?? 1)));
  say(`${title}: ${code === 0 ? "ok" : "FAILED"} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  return { code, printed };
}

function countTests() {
  try {
    const results = JSON.parse(readFileSync(jestResults, "utf8"));
    // A file that could not be loaded holds no tests that could fail.
    return { passed: results.numPassedTests, failed: results.numFailedTests + results.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(jestResults, { force: true });
  }
}

/** The counts also go to the file that .ci/run names, since npm may print more lines after ours. */
function finish(passed, failed, jestCode = 0) {
  const counts = `${passed} passed, ${failed || (jestCode === 0 ? 0 : 1)} failed`;
  if (process.env.TEST_COUNTS_FILE) writeFileSync(process.env.TEST_COUNTS_FILE, `${counts}\n`);
  say(counts);
  process.exit(counts.endsWith(", 0 failed") ? 0 : 1);
}

/** The script behind a package's command: run by this Node.js, without a shell, on every system. */
function bin(packageName, command = packageName) {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return path.join(path.dirname(manifest), typeof bin === "string" ? bin : bin[command]);
}

function say(text) {
  console.error(text);
}

// Jest's projects in two runs: unit tests compute, the others wait most of the time for the processes that they start.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import path from "node:path";
import { bin, runStep, say } from "./steps.mjs";

const cores = availableParallelism();
// An engine, its program and its providers take about half a gibibyte.
const enginesInMemory = Math.max(1, Math.floor(totalmem() / 2 ** 30));

export const unitTests = { title: "Unit tests", projects: ["unit"], workers: cores };
export const engineTests = {
  title: "Process and engine tests",
  projects: ["process", "engine"],
  workers: Math.min(2 * cores + 1, enginesInMemory),
};

/** Runs Jest's part of it; arguments are Jest's own. */
export async function runJest({ title, projects, workers }, jestArguments, env) {
  mkdirSync(".cache", { recursive: true });
  const outputFile = path.join(".cache", `jest-results-${process.pid}-${projects.join("-")}.json`);
  const isSet = jestArguments.some((argument) => /^(-i|--runInBand|-w|--maxWorkers)\b/.test(argument));
  const selected = ["--selectProjects", ...projects, ...(isSet ? [] : ["--maxWorkers", String(workers)])];
  const reported = ["--passWithNoTests", "--json", "--outputFile", outputFile];
  const { code } = await runStep(title, [bin("jest"), ...selected, ...reported, ...jestArguments], {
    show: true,
    // With --json Jest writes the results to stdout too; what is for people to read is on stderr.
    stdout: "ignore",
    env,
  });
  const { passed, failed, files } = readResults(outputFile);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, files };
}

function readResults(outputFile) {
  try {
    const results = JSON.parse(readFileSync(outputFile, "utf8"));
    // A file that could not be loaded holds no tests that could fail.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const files = results.testResults.map(({ name, startTime, endTime }) => ({
      name: path.relative("", name),
      seconds: (endTime - startTime) / 1000,
    }));
    return { passed: results.numPassedTests, failed, files };
  } catch {
    return { passed: 0, failed: 1, files: [] };
  } finally {
    rmSync(outputFile, { force: true });
  }
}

/** Where the time went. */
export function saySlowest(files, count = 10) {
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, count);
  if (slowest.length === 0) return;
  say("The slowest test files:");
  for (const { name, seconds } of slowest) say(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}

// `npm test`: set-up; format, lint and types beside the unit tests; then the engine, and the tests that need it; then a
// sample of the faults (see faults/). Ends with the slowest test files and the counts. A failed step does not keep the others from running.
//   --repeat 5       runs what shows that an outcome is stable as often (see tests/repetitions.ts)
//   --changed [REF]  runs the checks, and the tests that a change touches (see changedTests.mjs)
// Any other argument is Jest's own: then Jest alone runs, with these.
import { changedTests } from "./changedTests.mjs";
import { runChecks } from "./checks.mjs";
import { engineTests, runJest, saySlowest, unitTests } from "./jestRuns.mjs";
import { repositoryRoot } from "./stamps.mjs";
import { bin, finish, runStep, say, setUp } from "./steps.mjs";
import { testArguments } from "./testArguments.mjs";

process.chdir(repositoryRoot);
const { fault, repeat, changed, projects, jestArguments } = testArguments(process.argv.slice(2));
if (fault) say(fault);
if (fault || !(await setUp())) finish(0, 1);

const touched = changed && changedTests(changed.since);
if (touched) say(touched.length > 0 ? `Touched by the change:\n  ${touched.join("\n  ")}` : "No test is touched.");
const env = repeat === undefined ? {} : { TEST_REPEAT: repeat };
const isAlone = jestArguments.length > 0 || projects !== undefined;

const [failedChecks, unit] = await Promise.all([isAlone ? [] : runChecks(), run(unitTests)]);
const engine = await run(engineTests, async () => {
  // Once and before the tests, with its progress shown; each of them then finds it.
  if ((await runStep("Engine", [bin("tsx"), "engine/install.ts"], { show: true })).code !== 0)
    failedChecks.push("Engine");
});

const faults = isAlone || touched ? { passed: 0, failed: 0 } : await tryFaults();

const files = [...unit.files, ...engine.files];
saySlowest(files);
if (failedChecks.length > 0) say(`Failed, see above: ${failedChecks.join(", ")}.`);
const isNothingRun = files.length === 0 && touched === undefined;
if (isNothingRun) say("No test was found.");
finish(
  unit.passed + engine.passed + faults.passed,
  unit.failed + engine.failed + faults.failed + failedChecks.length + (isNothingRun ? 1 : 0),
);

/** Runs a sample of the faults, and counts each trial as a test. */
async function tryFaults() {
  const { code, printed } = await runStep("Faults", [bin("tsx"), "faults/main.ts", "--quick"], {
    show: true,
    stdout: "pipe",
  });
  const lastLine = printed.trim().split("\n").at(-1) || "{}";
  say(lastLine);
  const pairs = Object.values(JSON.parse(lastLine)).filter(Array.isArray);
  const passed = pairs.reduce((sum, [held]) => sum + held, 0);
  const failed = pairs.reduce((sum, [held, tried]) => sum + tried - held, 0);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** Runs one of the two parts, or what was asked for of it. */
async function run(part, prepare) {
  const selected = part.projects.filter((name) => projects === undefined || projects.includes(name));
  const paths = touched?.filter((file) => selected.some((name) => file.startsWith(`tests/${name}/`)));
  if (selected.length === 0 || paths?.length === 0) return { passed: 0, failed: 0, files: [] };
  await prepare?.();
  const byPath = paths ? ["--runTestsByPath", ...paths] : [];
  return runJest({ ...part, projects: selected }, [...jestArguments, ...byPath], env);
}

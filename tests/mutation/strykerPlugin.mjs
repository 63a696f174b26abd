// Stryker's way to run our unit tests. Its runner for Jest starts Jest for each mutant, which loads all that the tests
// import once more: seconds for what takes milliseconds to compute.
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from "@stryker-mutator/api/plugin";
import { determineHitLimitReached, DryRunStatus, MutantRunStatus, TestStatus } from "@stryker-mutator/api/test-runner";
import fc from "fast-check";
import { bundleTests } from "./bundledTests.mjs";
import { prepareGlobals, runFile } from "./circusRun.mjs";
import { WaitedForNothing } from "./idleTime.mjs";

/** Where the code that Stryker has put into the sources looks for the mutant to activate. */
const stryker = (globalThis.__stryker__ ??= {});

class InProcessRunner {
  #testFiles;
  #bundles;

  constructor(options) {
    this.#testFiles = options.unitTests;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    prepareGlobals();
    // The same cases for each mutant: else one would be killed today and survive tomorrow.
    fc.configureGlobal({ seed: 1 });
    this.#bundles = await bundleTests(this.#testFiles);
  }

  async dryRun() {
    const tests = [];
    const perTest = {};
    for (const bundle of this.#bundles) {
      stryker.mutantCoverage = { static: {}, perTest: {} };
      const results = await runFile(bundle, { onStart: (id) => (stryker.currentTestId = id) });
      const failed = results.find(({ errors }) => errors.length > 0);
      if (failed) return { status: DryRunStatus.Error, errorMessage: `${failed.id}: ${text(failed.errors[0])}` };
      tests.push(...results.map(({ id, timeMs }) => testResult(bundle.file, id, timeMs)));
      // What runs while a file is loaded belongs to all its tests, for it is loaded anew with each mutant.
      for (const { id } of results)
        perTest[id] = sum(stryker.mutantCoverage.static, stryker.mutantCoverage.perTest[id]);
      stryker.currentTestId = undefined;
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const wanted = testFilter && new Set(testFilter);
    const bundles = this.#bundles.filter(({ file }) => !wanted || testFilter.some((id) => id.startsWith(`${file}: `)));
    Object.assign(stryker, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    let nrOfTests = 0;
    for (const bundle of bundles) {
      const results = await runLoading(bundle, { isSelected: (id) => !wanted || wanted.has(id) });
      nrOfTests += results.length;
      const failed = results.find(({ errors }) => errors.length > 0);
      const endless = determineHitLimitReached(stryker.hitCount, stryker.hitLimit);
      if (endless) return { status: MutantRunStatus.Timeout, reason: endless.reason };
      if (!failed) continue;
      const [error] = failed.errors;
      if (error instanceof WaitedForNothing) return { status: MutantRunStatus.Timeout, reason: error.message };
      return { status: MutantRunStatus.Killed, killedBy: [failed.id], failureMessage: text(error), nrOfTests };
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }
}

/** A mutant may also keep a file from being loaded. */
async function runLoading(bundle, selection) {
  try {
    return await runFile(bundle, selection);
  } catch (error) {
    return [{ id: `${bundle.file}: outside of tests`, timeMs: 0, errors: [error] }];
  }
}

function testResult(fileName, id, timeSpentMs) {
  return { id, name: id, timeSpentMs, fileName, status: TestStatus.Success };
}

function sum(some, others = {}) {
  const all = { ...some };
  for (const [id, count] of Object.entries(others)) all[id] = (all[id] ?? 0) + count;
  return all;
}

function text(error) {
  return error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
}

function createRunner(options) {
  return new InProcessRunner(options);
}
createRunner.inject = tokens(commonTokens.options);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, "inProcess", createRunner)];
export const strykerValidationSchema = {
  properties: { unitTests: { description: "The test files to run.", type: "array", items: { type: "string" } } },
};

// Runs test files with Jest's own parts, in this process: its functions that define tests, its order of hooks, its
// `expect`, its mocks.
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { ModernFakeTimers } from "@jest/fake-timers";
import { jestExpect } from "@jest/expect";
import pulumi from "@pulumi/pulumi";
import circus, { addEventHandler, getState, resetState, run } from "jest-circus";
import { ModuleMocker } from "jest-mock";
import { whenIdleFor } from "./idleTime.mjs";

/** What Jest's testTimeout is by default. Here it is time in which nothing runs: see idleTime.mjs. */
const idleLimitMs = 5000;

const mocker = new ModuleMocker(globalThis);
const timers = new ModernFakeTimers({ config: { fakeTimers: {} }, global: globalThis });
/** What a test may use of the object `jest`. */
const jest = {
  // What hangs ends by the runner's own clock.
  setTimeout: () => undefined,
  ...only(mocker, "fn", "spyOn", "restoreAllMocks"),
  ...only(timers, "useFakeTimers", "useRealTimers", "advanceTimersByTime", "advanceTimersByTimeAsync", "getTimerCount"),
  mocked: (it) => it,
};

let current;

/** Defines Jest's globals and follows the events of runs. */
export function prepareGlobals() {
  Object.assign(globalThis, circus, { expect: jestExpect, jest });
  addEventHandler(async (event) => current?.[event.name]?.(event));
  process.on("unhandledRejection", (reason) => getState().currentlyRunningTest?.errors.push([reason, new Error()]));
}

function only(object, ...names) {
  return Object.fromEntries(names.map((name) => [name, object[name].bind(object)]));
}

/**
 * Runs one file's tests. `isSelected` is asked with each test's id; `onStart` is told it before the test runs. After a
 * failure no other test runs.
 */
export async function runFile({ file, define }, { isSelected = () => true, onStart = () => {} } = {}) {
  const results = [];
  const environment = { ...process.env };
  const ids = new Map();
  resetState();
  current = {
    run_start: () => boundIdleTime(getState().rootDescribeBlock),
    test_start: ({ test }) => {
      const id = uniqueId(ids, file, test);
      if (!isSelected(id) || results.some(({ errors }) => errors.length > 0)) test.mode = "skip";
      test.id = id;
    },
    test_started: ({ test }) => {
      test.startedMs = performance.now();
      onStart(test.id);
    },
    test_done: ({ test }) => {
      results.push({ id: test.id, timeMs: performance.now() - test.startedMs, errors: test.errors.map(thrown) });
    },
  };
  // Not by the clock on the wall: a busy machine is not a failed test.
  getState().testTimeout = 2 ** 31 - 1;
  define();
  const { unhandledErrors } = await run();
  // Rejections that nobody handles are known one turn later.
  await setImmediate();
  current = undefined;
  mocker.restoreAllMocks();
  timers.useRealTimers();
  restoreEnvironment(environment);
  forgetMocksOfPulumi();
  if (unhandledErrors.length > 0) results.push({ id: `${file}: outside of tests`, timeMs: 0, errors: unhandledErrors });
  return results;
}

function uniqueId(ids, file, test) {
  const names = [];
  for (let at = test; at && at.name !== "ROOT_DESCRIBE_BLOCK"; at = at.parent) names.unshift(at.name);
  const name = `${file}: ${names.join(" ")}`;
  const count = (ids.get(name) ?? 0) + 1;
  ids.set(name, count);
  return count === 1 ? name : `${name} #${count}`;
}

function thrown(error) {
  return Array.isArray(error) ? (error[0] ?? error[1]) : error;
}

/** A test or hook fails once nothing has run in it for as long as Jest would wait for it. */
function boundIdleTime(block) {
  const bounded =
    (fn) =>
    async (...args) => {
      const idle = whenIdleFor(idleLimitMs);
      try {
        return await Promise.race([fn(...args), idle.promise]);
      } finally {
        idle.stop();
      }
    };
  for (const hook of block.hooks) hook.fn = bounded(hook.fn);
  for (const child of block.children) {
    if (child.type === "describeBlock") boundIdleTime(child);
    else if (child.fn) child.fn = bounded(child.fn);
  }
}

/** The SDK keeps its settings for as long as the process lives. */
function forgetMocksOfPulumi() {
  pulumi.runtime.resetOptions("", "", -1, "", "", false, "");
  delete globalThis.globalStore;
  delete globalThis.stackResource;
}

function restoreEnvironment(environment) {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}

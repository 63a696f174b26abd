// A user's tests: with mocks nothing is sent; with the emulator a real wait. Each runner brings its own globals.

const mocks = (load: string) => `
const called = [];
pulumi.runtime.setMocks({
  call: ({ token, inputs }) => {
    called.push(token);
    return { ...inputs, status: "SUCCESS" };
  },
  newResource: ({ type, inputs }) => {
    called.push(type);
    return { id: "id", state: { ...inputs, status: "SUCCESS" } };
  },
});
test("mocks answer, and nothing is sent", async () => {
  ${load}
  const args = { instanceId: "instance", taskId: "task" };
  const valueOf = (output) => new Promise((resolve) => output.apply(resolve));
  const found = await getBackgroundTask(args);
  const status = await valueOf(new BackgroundTask("task", args).status);
  equal([found.status, status], ["SUCCESS", "SUCCESS"]);
  equal(called, ["otc:index:getBackgroundTask", "pulumi-nodejs:dynamic/otc:BackgroundTask"]);
});
`;

const emulated = `
test("waits for a task of the emulator, and fails with one that failed", async () => {
  const emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
  try {
    const { instanceId } = emulator;
    const progress = [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 2 }];
    const { taskId } = emulator.addTask({ name: "restart", progress });
    equal((await getBackgroundTask({ instanceId, taskId })).status, "SUCCESS");
    equal(emulator.events().some((event) => event.taskId === taskId && event.terminal), true);
    const failed = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
    const error = await getBackgroundTask({ instanceId, taskId: failed.taskId }).catch((reason) => reason);
    equal(error instanceof TaskFailedError, true);
  } finally {
    await emulator.close();
  }
});
`;

const required = `
const pulumi = require("@pulumi/pulumi");
const { startEmulator } = require("pulumi-otc-background-task/emulator");
const { getBackgroundTask, TaskFailedError } = require("pulumi-otc-background-task");
`;
const imported = `
import * as pulumi from "@pulumi/pulumi";
import { startEmulator } from "pulumi-otc-background-task/emulator";
import { BackgroundTask, getBackgroundTask, TaskFailedError } from "pulumi-otc-background-task";
`;

const jest = `${required}
const equal = (actual, expected) => expect(actual).toEqual(expected);
`;
const vitest = `${imported}
import { expect, test } from "vitest";
const equal = (actual, expected) => expect(actual).toEqual(expected);
`;
const nodeTest = `${imported}
import { deepEqual as equal } from "node:assert/strict";
import { test } from "node:test";
`;

export interface TestRunner {
  files: { mocks: [name: string, text: string]; emulator: [name: string, text: string] };
  /** What Node.js runs, before the file's name. */
  command: string[];
  /** What it prints of one test that passed. */
  passed: RegExp;
}

const loadLater = `const { BackgroundTask } = require("pulumi-otc-background-task");`;

export const testRunners: Record<"Jest" | "Vitest" | "node:test", TestRunner> = {
  Jest: {
    files: {
      mocks: ["mocks.test.js", jest + mocks(loadLater)],
      emulator: ["emulator.test.js", jest + emulated],
    },
    command: ["node_modules/jest/bin/jest.js"],
    passed: /Tests: +1 passed, 1 total/,
  },
  Vitest: {
    files: {
      mocks: ["mocks.test.mjs", vitest + mocks("")],
      emulator: ["emulator.test.mjs", vitest + emulated],
    },
    command: ["node_modules/vitest/vitest.mjs", "run", "--no-color"],
    passed: /Tests +1 passed \(1\)/,
  },
  "node:test": {
    files: {
      mocks: ["mocks.test.mjs", nodeTest + mocks("")],
      emulator: ["emulator.test.mjs", nodeTest + emulated],
    },
    command: ["--test", "--test-reporter", "tap"],
    passed: /# pass 1\n# fail 0/,
  },
};

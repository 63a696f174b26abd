import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import { HermeticStack, type HermeticStackOptions } from "../../engine/hermeticStack";
import type { CommandResult } from "../../engine/runningCommand";
import type { ExportedResource } from "../../engine/stackFiles";

export interface Scenario {
  emulator: Emulator;
  stack: HermeticStack;
  /** When a follower (see `followerFile`) was created, by the emulator's clock; undefined if it was not. */
  createdAtMs(label: string): number | undefined;
  /** When a task reached its terminal status, by the emulator's clock. */
  endedAtMs(taskId: string): number | undefined;
  /** The recorded resource of that name, if there is one. */
  resource(name: string): Promise<ExportedResource | undefined>;
}

/** Runs a test with a fresh emulator and a fresh stack whose program sees the emulator as its cloud. */
export async function inScenario(
  options: HermeticStackOptions & { emulator?: EmulatorOptions },
  test: (scenario: Scenario) => Promise<void>,
): Promise<void> {
  const { emulator: emulatorOptions, env, files, ...stackOptions } = options;
  const emulator = await startEmulator(emulatorOptions);
  let stack: HermeticStack | undefined;
  try {
    stack = await HermeticStack.create({
      ...stackOptions,
      files: files && { "follower.js": followerFile, ...files },
      env: { ...emulator.env, EMULATOR_URL: emulator.url, ...compilerSettings(options.programDir), ...env },
    });
    await test(scenarioOf(emulator, stack));
  } finally {
    await stack?.dispose();
    await emulator.close();
  }
}

/** Takes the emulator's settings out of the environment, for a test that sets them elsewhere. */
export const noSettings = {
  OS_USERNAME: "",
  OS_PASSWORD: "",
  OS_PROJECT_ID: "",
  OS_PROJECT_NAME: "",
  OS_AUTH_URL: "",
  OS_REGION_NAME: "",
};

const typeChecked = new Set<string>();

/** A folder's program is checked as TypeScript in its first stack, as users have it, and only transpiled in later ones. */
function compilerSettings(programDir: string | undefined): Record<string, string> {
  if (programDir === undefined) return {};
  if (typeChecked.has(programDir)) return { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
  typeChecked.add(programDir);
  return {};
}

function scenarioOf(emulator: Emulator, stack: HermeticStack): Scenario {
  return {
    emulator,
    stack,
    createdAtMs: (label) => emulator.requests().find((request) => request.path === `/created/${label}`)?.timeMs,
    endedAtMs: (taskId) => emulator.events().find((event) => event.taskId === taskId && event.terminal)?.timeMs,
    resource: async (name) => {
      const { deployment } = await stack.exportState();
      return deployment.resources?.find(({ urn }) => urn.endsWith(`::${name}`));
    },
  };
}

// A resource whose creation leaves a trace in the emulator's log, so that one clock tells what came first.
const followerFile = `
const pulumi = require("@pulumi/pulumi");
const provider = {
  async create(inputs) {
    await fetch(process.env.EMULATOR_URL + "/created/" + inputs.label);
    return { id: inputs.label, outs: inputs };
  },
};
exports.Follower = class Follower extends pulumi.dynamic.Resource {
  constructor(label, inputs, opts) {
    super(provider, label, { label, ...inputs }, opts, "test", "Follower");
  }
};
`;

/** How many requests asked for tasks, by id or in a list. */
export function looksIn({ emulator }: { emulator: Emulator }): number {
  const { showTask = 0, listTasks = 0 } = emulator.counts();
  return showTask + listTasks;
}

/** A program in JavaScript, with what most of them need in scope. */
export function program(body: string): { "index.js": string } {
  return {
    "index.js": `
const pulumi = require("@pulumi/pulumi");
const { BackgroundTask, getBackgroundTask, getBackgroundTaskOutput } = require("pulumi-otc-background-task");
const { Follower } = require("./follower");
const config = new pulumi.Config();
const instanceId = process.env.OTC_INSTANCE_ID;
const taskId = config.get("taskId");
${body}
`,
  };
}

/** What the CLI printed of a command that must succeed; fails with it if the command did not. */
export function succeeded({ exitCode, stdout, stderr }: CommandResult): string {
  if (exitCode !== 0) {
    throw new Error(`exit code ${exitCode}:\n${stdout}\n${stderr}`);
  }
  return stdout + stderr;
}

/** What the CLI printed of a command that must fail. */
export function failed({ exitCode, stdout, stderr }: CommandResult): string {
  if (exitCode === 0) {
    throw new Error(`succeeded:\n${stdout}\n${stderr}`);
  }
  return stdout + stderr;
}

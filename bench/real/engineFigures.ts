import { readFileSync } from "node:fs";
import path from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index";
import { HermeticStack } from "../../engine/hermeticStack";
import { type Usage, usageMeter } from "../../engine/usageMeter";
import { Randomness } from "../waits/randomness";
import { median } from "../waits/waits";

// What waits cost in a real engine: `pulumi up` of a stack of its own each time, against the emulator.

interface EngineSize {
  /** Paired runs of 200 finished tasks. */
  pairs: number;
  load: { waits: number; instances: number; slowestTaskSeconds: number };
}

export type EngineFigures = Awaited<ReturnType<typeof measureInTheEngine>>;

type Say = (line: string) => void;

// What the engine runs.
const [waits, nothings] = ["waits", "nothings"].map((name) =>
  readFileSync(path.join(__dirname, "programs", `${name}.cjs`), "utf8"),
) as [string, string];

export async function measureInTheEngine(seed: number, size: EngineSize, say: Say) {
  const emulator = await startEmulator();
  try {
    const ofFinished = await measureFinished(emulator, size.pairs, say);
    return { ...ofFinished, load: await measureLoad(emulator, seed, size.load, say) };
  } finally {
    await emulator.close();
  }
}

/** Of the paired updates, the median of what ours took over what the other one took. */
export function ratioToNothing({ finished }: EngineFigures): number {
  return median(finished.map(({ ours, nothing }) => ours / nothing));
}

/** How much longer the update took than its slowest task, and what it takes without waiting. */
export function loadRatio({ load: { seconds, finishedSeconds, size } }: EngineFigures): number {
  return seconds / (size.slowestTaskSeconds + finishedSeconds);
}

/** Updates of 200 finished tasks, and of as many resources that do nothing, by turns. */
async function measureFinished(emulator: Emulator, pairs: number, say: Say) {
  const ended = { name: "operation", progress: [{ status: "SUCCESS" }] };
  const tasks = Array.from({ length: 200 }, () => {
    const { instanceId, taskId } = emulator.addTask(ended);
    return { instanceId, taskId };
  });
  // The first update finds nothing in the system's caches.
  await update(emulator, waits, tasks.slice(0, 1), 64);
  const finished: { ours: number; nothing: number }[] = [];
  let statePerResource = 0;
  for (let i = 0; i < pairs; i++) {
    const ours = await update(emulator, waits, tasks, 64);
    const nothing = await update(emulator, nothings, tasks, 64);
    statePerResource = Math.max(statePerResource, ours.largestResource);
    finished.push({ ours: ours.seconds, nothing: nothing.seconds });
    say(`200 finished tasks: ${ours.seconds.toFixed(1)} s; doing nothing: ${nothing.seconds.toFixed(1)} s`);
  }
  return { finished, statePerResource };
}

/** An update that waits for many tasks, and the same one with tasks that end at once. */
async function measureLoad(emulator: Emulator, seed: number, size: EngineSize["load"], say: Say) {
  const random = new Randomness(seed);
  const durations = Array.from({ length: size.waits }, () => random.logUniform(1, size.slowestTaskSeconds));
  durations[0] = size.slowestTaskSeconds;
  const updateWith = (lengths: readonly number[]) => {
    const instances = Array.from({ length: size.instances }, () => emulator.addInstance());
    const tasks = lengths.map((seconds, i) => ({ instanceId: instances[i % instances.length], seconds }));
    return update(emulator, waits, tasks, 600);
  };
  const { seconds: finishedSeconds } = await updateWith(durations.map(() => 0));
  say(`${size.waits} tasks that end at once: ${finishedSeconds.toFixed(1)} s`);
  const looks = () => (emulator.counts().listTasks ?? 0) + (emulator.counts().showTask ?? 0);
  const before = looks();
  const { seconds, usage } = await updateWith(durations);
  const requests = looks() - before;
  say(
    `${size.waits} tasks of up to ${size.slowestTaskSeconds} s: ${seconds.toFixed(1)} s, ${requests} requests; ` +
      `the provider's process: ${usage.megabytes.toFixed(0)} MB, ${usage.cpuSeconds.toFixed(1)} s of CPU`,
  );
  return { size, seconds, finishedSeconds, usage, requests };
}

/** @param tasks What the program reads of its configuration. */
async function update(emulator: Emulator, program: string, tasks: object[], parallel: number) {
  const stack = await HermeticStack.create({
    files: { "index.js": program, "usageMeter.js": usageMeter },
    env: { ...emulator.env, EMULATOR_URL: emulator.url },
    config: { "program:tasks": JSON.stringify(tasks) },
  });
  try {
    const meter = path.join(stack.programDir, "usageMeter.js");
    const up = await stack.up({
      args: ["--parallel", String(parallel)],
      env: { NODE_OPTIONS: `--require ${JSON.stringify(meter)}`, METERED: "dynamic-provider" },
    });
    if (up.exitCode !== 0) {
      throw new Error(`pulumi up failed:\n${up.stdout}\n${up.stderr}`);
    }
    const { resources = [] } = (await stack.exportState()).deployment;
    const sizes = resources
      .filter(({ type }) => type.endsWith(":BackgroundTask"))
      .map((resource) => Buffer.byteLength(JSON.stringify(resource, undefined, 2)));
    const usage = readFileSync(path.join(stack.programDir, "usage.json"), "utf8");
    return {
      seconds: up.durationMs / 1000,
      /** Of the provider's process. */
      usage: JSON.parse(usage) as Usage,
      /** In bytes, as `pulumi stack export` prints it. */
      largestResource: Math.max(0, ...sizes),
    };
  } finally {
    await stack.dispose();
  }
}

import { readFileSync } from "node:fs";
import path from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index";
import { HermeticStack } from "../../engine/hermeticStack";
import { nothings, operations, usageMeter, waits } from "./engineProgram";
import { Randomness } from "../waits/randomness";
import { median } from "../waits/waits";

// What waits cost in a real engine: `pulumi up` of a stack of its own each time, against the emulator.

export interface EngineFigures {
  /** Seconds of an update of 200 finished tasks, and of one of as many resources that do nothing, by turns. */
  finished: { ours: number; nothing: number }[];
  load: Load;
  /** Bytes of the largest BackgroundTask, as `pulumi stack export` prints it. */
  statePerResource: number;
}

export interface Load {
  waits: number;
  instances: number;
  slowestTaskSeconds: number;
  /** The update that waits. */
  seconds: number;
  /** The same update with tasks that end at once. */
  finishedSeconds: number;
  /** Of the provider's process, in the update that waits. */
  usage: Usage;
  requests: number;
}

interface Usage {
  cpuSeconds: number;
  megabytes: number;
}

export interface EngineSize {
  /** Paired runs of 200 finished tasks. */
  pairs: number;
  load: Pick<Load, "waits" | "instances" | "slowestTaskSeconds">;
}

type Say = (line: string) => void;

export async function measureInTheEngine(seed: number, size: EngineSize, say: Say): Promise<EngineFigures> {
  const emulator = await startEmulator();
  try {
    return await new Engine(emulator, say).measure(seed, size);
  } finally {
    await emulator.close();
  }
}

/** Of the paired updates, the median of what ours took over what the other one took. */
export function ratioToNothing(finished: EngineFigures["finished"]): number {
  return median(finished.map(({ ours, nothing }) => ours / nothing));
}

/** How much longer the update took than its slowest task, and what it takes without waiting. */
export function loadRatio({ seconds, finishedSeconds, slowestTaskSeconds }: Load): number {
  return seconds / (slowestTaskSeconds + finishedSeconds);
}

interface Update {
  seconds: number;
  usage: Usage;
  largestResource: number;
}

class Engine {
  constructor(
    private readonly emulator: Emulator,
    private readonly say: Say,
  ) {}

  async measure(seed: number, { pairs, load }: EngineSize): Promise<EngineFigures> {
    const ended = { name: "operation", progress: [{ status: "SUCCESS" }] };
    const ids = Array.from({ length: 200 }, () => this.emulator.addTask(ended).taskId);
    const taskIds = JSON.stringify(ids);
    // The first update finds nothing in the system's caches.
    await this.update(waits, { taskIds: JSON.stringify(ids.slice(0, 1)) }, 64);
    const finished: EngineFigures["finished"] = [];
    let statePerResource = 0;
    for (let i = 0; i < pairs; i++) {
      const ours = await this.update(waits, { taskIds }, 64);
      const nothing = await this.update(nothings, { taskIds }, 64);
      statePerResource = Math.max(statePerResource, ours.largestResource);
      finished.push({ ours: ours.seconds, nothing: nothing.seconds });
      this.say(`200 finished tasks: ${ours.seconds.toFixed(1)} s; doing nothing: ${nothing.seconds.toFixed(1)} s`);
    }
    return { finished, statePerResource, load: await this.load(seed, load) };
  }

  private async load(seed: number, size: EngineSize["load"]): Promise<Load> {
    const { waits, slowestTaskSeconds } = size;
    const random = new Randomness(seed);
    const durations = Array.from({ length: waits }, () => random.logUniform(1, slowestTaskSeconds));
    durations[0] = slowestTaskSeconds;
    const withDurations = (seconds: readonly number[]) => {
      const instances = Array.from({ length: size.instances }, () => this.emulator.addInstance());
      const tasks = seconds.map((length, i) => ({ instanceId: instances[i % instances.length], seconds: length }));
      return this.update(operations, { tasks: JSON.stringify(tasks) }, 600);
    };
    const finished = await withDurations(durations.map(() => 0));
    this.say(`${waits} tasks that end at once: ${finished.seconds.toFixed(1)} s`);
    const before = this.looks();
    const { seconds, usage } = await withDurations(durations);
    const requests = this.looks() - before;
    const { cpuSeconds, megabytes } = usage;
    this.say(
      `${waits} tasks of up to ${slowestTaskSeconds} s: ${seconds.toFixed(1)} s, ${requests} requests; ` +
        `the provider's process: ${megabytes.toFixed(0)} MB, ${cpuSeconds.toFixed(1)} s of CPU`,
    );
    return { ...size, seconds, finishedSeconds: finished.seconds, usage, requests };
  }

  private looks(): number {
    const { listTasks = 0, showTask = 0 } = this.emulator.counts();
    return listTasks + showTask;
  }

  private async update(program: string, config: { [key: string]: string }, parallel: number): Promise<Update> {
    const stack = await HermeticStack.create({
      files: { "index.js": program, "usageMeter.js": usageMeter },
      env: { ...this.emulator.env, EMULATOR_URL: this.emulator.url },
      config: Object.fromEntries(Object.entries(config).map(([key, value]) => [`program:${key}`, value])),
    });
    try {
      const meter = path.join(stack.programDir, "usageMeter.js");
      const up = await stack.up({
        args: ["--parallel", String(parallel)],
        env: { NODE_OPTIONS: `--require ${JSON.stringify(meter)}` },
      });
      if (up.exitCode !== 0) {
        throw new Error(`pulumi up failed:\n${up.stdout}\n${up.stderr}`);
      }
      const { deployment } = await stack.exportState();
      const ofTasks = (deployment.resources ?? []).filter(({ type }) => type.endsWith(":BackgroundTask"));
      return {
        seconds: up.durationMs / 1000,
        usage: JSON.parse(readFileSync(path.join(stack.programDir, "usage.json"), "utf8")) as Usage,
        largestResource: Math.max(
          0,
          ...ofTasks.map((resource) => Buffer.byteLength(JSON.stringify(resource, undefined, 2))),
        ),
      };
    } finally {
      await stack.dispose();
    }
  }
}

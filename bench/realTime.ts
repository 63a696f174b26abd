import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator, type Emulator } from "../emulator/index";
import { type ShowTask, showTaskWith } from "../provider/client";
import { systemClock } from "../provider/clock";
import { type Identity, identityFor } from "../provider/credentials";
import { readSettings } from "../provider/settings";
import { sharedLookWith } from "../provider/sharedLooks";
import type { NextLook } from "../provider/schedule";
import { waitForTask } from "../provider/waiter";
import { drawTask, type DrawnTask } from "./mixture";
import { type Peer, peers } from "./peers";
import { Randomness } from "./randomness";
import {
  type RunningStateChange,
  startStateChange,
  type StateChangePeer,
  stateChangePeers,
  waitVirtuallyWithStateChange,
} from "./stateChange";
import { waitVirtuallyWith } from "./virtualPeer";
import { type LookDelays, name, pastRunBegan, waitOptions, waitVirtually } from "./virtualWait";
import { median, type Waited } from "./waits";

// In real time against the emulator. It runs in this process, on this process's monotonic clock: a wait's latency is from
// the moment at which the task's status changes, by that clock, to the waiter's return.

export interface RealSample {
  bind: Waited[];
  /** By waiter, in the order in which they were started. */
  byWaiter: Map<string, Waited[]>;
  /** The share of waits that sent as many requests on a virtual clock. */
  agreement: number;
}

interface OurWait {
  task: DrawnTask;
  seed: number;
  startMs: number;
  /** What the looks and their timers took, on a machine that has other things to do. */
  looks: LookDelays[];
  real: Waited;
}

const gapBetweenStartsMs = 90;

export interface SampleSize {
  /** Waits of each waiter. */
  perWaiter: number;
  /** The tasks' durations are drawn from 1 s to this, half of the waits as likely below its root. */
  longestSeconds: number;
}

export async function sampleInRealTime(seed: number, size: SampleSize, hasGo: boolean): Promise<RealSample> {
  const emulator = await startEmulator({ now: () => performance.timeOrigin + performance.now() });
  const stateChange = hasGo ? await startStateChange() : undefined;
  try {
    return await new Sample(emulator, stateChange).run(seed, size);
  } finally {
    await stateChange?.close();
    await emulator.close();
  }
}

class Sample {
  private readonly identity: Identity;
  private readonly show: ShowTask;
  private readonly trips: number[] = [];

  constructor(
    private readonly emulator: Emulator,
    private readonly stateChange: RunningStateChange | undefined,
  ) {
    this.identity = identityFor(readSettings({}, () => undefined, emulator.env));
    const show = showTaskWith(this.identity);
    this.show = async (subject, bounds) => {
      const sentMs = performance.now();
      const reply = await show(subject, bounds);
      this.trips.push(performance.now() - sentMs);
      return reply;
    };
  }

  async run(seed: number, { perWaiter, longestSeconds }: SampleSize): Promise<RealSample> {
    const random = new Randomness(seed);
    const binds = Array.from({ length: 3 * perWaiter }, () => drawTask(random, { pastRuns: 3, medianSeconds: 3 }));
    const others = Array.from({ length: perWaiter }, () =>
      drawTask(random, { pastRuns: 3, medianSeconds: random.logUniform(1, longestSeconds) }),
    );
    const token = await this.token();
    // One request beforehand: the first one logs in.
    await this.show({ instanceId: this.emulator.instanceId, taskId: this.emulator.taskId }, { timeoutMs: 10_000 });

    const ours = await this.stagger(binds.map((task, i) => () => this.waitOurs(task, seed + i)));
    const oursToo = others.map((task, i) => () => this.waitOurs(task, seed + binds.length + i));
    const seconds = others.map((task) => task.seconds);
    const lag = await timerLag();
    const goPeers = this.stateChange ? stateChangePeers : [];
    const [ourOthers, ofPeers, ofGo] = await Promise.all([
      this.stagger(oursToo),
      Promise.all(peers.map((peer) => this.stagger(seconds.map((length) => () => this.waitWith(peer, length))))),
      Promise.all(
        goPeers.map((peer) =>
          this.stagger(seconds.map((length) => () => this.waitWithStateChange(peer, length, token))),
        ),
      ),
    ]);

    const tripMs = median(this.trips) + lag;
    const pairs: [Waited, Waited][] = [];
    for (const { real, task, seed: own, startMs, looks } of [...ours, ...ourOthers]) {
      pairs.push([real, await waitVirtually(task, new Randomness(own).uniform, { startMs, looks })]);
    }
    for (const [i, peer] of peers.entries()) {
      // What smithy leaves to chance can't be repeated.
      if (!peer.isRandom) {
        const trips = ofPeers[i]!.map(({ tripsMs }) => tripsMs.map((ms) => ms + lag));
        pairs.push(...zip(ofPeers[i]!, await waitVirtuallyWith(peer, seconds, trips)));
      }
    }
    for (const [i, peer] of goPeers.entries()) {
      pairs.push(...zip(ofGo[i]!, await waitVirtuallyWithStateChange(peer, seconds, tripMs)));
    }
    return {
      bind: ours.map(({ real }) => real),
      byWaiter: new Map([
        ["ours", ourOthers.map(({ real }) => real)],
        ...peers.map((peer, i): [string, Waited[]] => [peer.name, ofPeers[i]!]),
        ...goPeers.map((peer, i): [string, Waited[]] => [peer.name, ofGo[i]!]),
      ]),
      agreement: pairs.filter(([real, virtual]) => real.requests === virtual.requests).length / pairs.length,
    };
  }

  /** Starts them one after the other, so that they don't get in each other's way. */
  private stagger<T>(starts: (() => Promise<T>)[]): Promise<T[]> {
    return Promise.all(starts.map((start, i) => sleep(i * gapBetweenStartsMs).then(start)));
  }

  /** On an instance of its own, where nobody shares its looks: the first one lists, and brings the past runs. */
  private async waitOurs(task: DrawnTask, seed: number): Promise<OurWait> {
    const instanceId = this.emulator.addInstance();
    task.pastSeconds.forEach((seconds, i) => {
      const createdAt = new Date(pastRunBegan(seconds, i, this.emulator.now())).toISOString();
      this.emulator.addTask({ name, instanceId, createdAt, progress: [{ status: "SUCCESS", afterSeconds: seconds }] });
    });
    const { taskId, startMs, endMs } = this.start(task.seconds, instanceId);
    const look = sharedLookWith(this.identity, "kafka", instanceId);
    const looks: LookDelays[] = [];
    let dueMs = performance.now();
    const timed: ShowTask = async (...request) => {
      const sentMs = performance.now();
      const reply = await look(...request);
      looks.push({ lateMs: sentMs - dueMs, tripMs: performance.now() - sentMs });
      return reply;
    };
    const show = Object.assign(timed, { watch: look.watch });
    const clock = { ...systemClock, random: new Randomness(seed).uniform };
    const onPlanned = ({ delayMs }: NextLook) => (dueMs = performance.now() + delayMs);
    await waitForTask(show, { instanceId, taskId }, waitOptions, clock, { onPlanned });
    const latencySeconds = (this.emulator.now() - endMs) / 1000;
    return { task, seed, startMs, looks, real: { latencySeconds, requests: looks.length, seconds: task.seconds } };
  }

  private async waitWith(peer: Peer, seconds: number): Promise<Waited & { tripsMs: number[] }> {
    const { taskId, endMs } = this.start(seconds);
    const tripsMs: number[] = [];
    await peer.wait(async () => {
      const sentMs = performance.now();
      const { task } = await this.show({ instanceId: this.emulator.instanceId, taskId }, { timeoutMs: 10_000 });
      tripsMs.push(performance.now() - sentMs);
      return task?.status === "SUCCESS";
    });
    return { latencySeconds: (this.emulator.now() - endMs) / 1000, requests: tripsMs.length, seconds, tripsMs };
  }

  private async waitWithStateChange(peer: StateChangePeer, seconds: number, token: string): Promise<Waited> {
    const { taskId, endMs } = this.start(seconds);
    const { url, projectId, instanceId } = this.emulator;
    const address = `${url}/v2/${projectId}/instances/${instanceId}/tasks/${taskId}`;
    const requests = await this.stateChange!.wait(peer.intervals, address, token);
    return { latencySeconds: (this.emulator.now() - endMs) / 1000, requests, seconds };
  }

  private start(
    seconds: number,
    instanceId = this.emulator.instanceId,
  ): { taskId: string; startMs: number; endMs: number } {
    const startMs = Math.floor(this.emulator.now());
    const { taskId } = this.emulator.addTask({
      name,
      instanceId,
      createdAt: new Date(startMs).toISOString(),
      progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: seconds }],
    });
    return { taskId, startMs, endMs: startMs + seconds * 1000 };
  }

  private async token(): Promise<string> {
    const { authUrl, username, password, domainName, projectId } = this.emulator;
    const user = { name: username, password, domain: { name: domainName } };
    const response = await fetch(`${authUrl}/auth/tokens`, {
      method: "POST",
      headers: { "Content-Type": "application/json;charset=utf8" },
      body: JSON.stringify({
        auth: { identity: { methods: ["password"], password: { user } }, scope: { project: { id: projectId } } },
      }),
    });
    return response.headers.get("X-Subject-Token")!;
  }
}

/** By how much a timer is late on this machine. */
async function timerLag(): Promise<number> {
  const lags: number[] = [];
  for (let i = 0; i < 20; i++) {
    const startedMs = performance.now();
    await sleep(25);
    lags.push(performance.now() - startedMs - 25);
  }
  return median(lags);
}

function zip<T>(ones: readonly T[], others: readonly T[]): [T, T][] {
  return ones.map((one, i) => [one, others[i]!]);
}

import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, startEmulator } from "../emulator/index";
import { type ShowTask, showTaskWith } from "../provider/service/client";
import { systemClock } from "../provider/clock/clock";
import type { Identity } from "../provider/identity/identity";
import { identityFor } from "../provider/identity/identities";
import { readSettings } from "../provider/settings/settings";
import { sharedLookWith } from "../provider/service/sharedLooks";
import type { NextLook } from "../provider/schedule/schedule";
import { resultOf } from "../provider/wait/outcome";
import { waitForTask } from "../provider/wait/waiter";
import type { LookDelays } from "./lookDelays";
import { type DrawnTask, drawTask } from "./mixture";
import { type Peer, peers } from "./peers";
import { Randomness } from "./randomness";
import {
  type RunningStateChange,
  startStateChange,
  type StateChangePeer,
  stateChangePeers,
  waitVirtuallyWithStateChange,
} from "./stateChange";
import { TimerLag } from "./timerLag";
import { waitVirtuallyWith } from "./virtualPeer";
import { name, pastRunBegan, waitOptions, waitVirtually } from "./virtualWait";
import type { Waited } from "./waits";

// In real time against the emulator. It runs in this process, on this process's monotonic clock: a wait's latency is from
// the moment at which the task's status changes, by that clock, to the waiter's return.

export interface RealSample {
  bind: Waited[];
  /** By waiter, in the order in which they were started. */
  byWaiter: Map<string, Waited[]>;
  /** The share of waits that sent as many requests on a virtual clock. */
  agreement: number;
}

interface RealWait extends Waited {
  /** What tells its requests from those of the others: its task's id; of our waits, its instance's, where they list. */
  id: string;
  looks: TimedLook[];
}

/** On the emulator's clock. */
interface TimedLook {
  /** After it was due. */
  lateMs: number;
  sentMs: number;
  repliedMs: number;
}

interface OurWait extends RealWait {
  task: DrawnTask;
  seed: number;
  startMs: number;
}

const gapBetweenStartsMs = 90;
const gapBetweenWaitersMs = 9;

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

  constructor(
    private readonly emulator: Emulator,
    private readonly stateChange: RunningStateChange | undefined,
  ) {
    this.identity = identityFor(readSettings({}, () => undefined, emulator.env));
    this.show = showTaskWith(this.identity, "kafka");
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
    const seconds = others.map((task) => task.seconds);
    const goPeers = this.stateChange ? stateChangePeers : [];
    const lag = new TimerLag();
    const [ourOthers, ofPeers, ofGo] = await Promise.all([
      this.stagger(others.map((task, i) => () => this.waitOurs(task, seed + binds.length + i))),
      Promise.all(
        peers.map((peer, i) =>
          this.stagger(
            seconds.map((length) => () => this.waitWith(peer, length, lag)),
            i + 1,
          ),
        ),
      ),
      Promise.all(
        goPeers.map((peer, i) =>
          this.stagger(
            seconds.map((length) => () => this.waitWithStateChange(peer, length, token)),
            peers.length + i + 1,
          ),
        ),
      ),
    ]);
    lag.stop();

    const delaysOf = this.delaysFromLog();
    const pairs: [Waited, Waited][] = [];
    for (const wait of [...ours, ...ourOthers]) {
      const { task, seed: own, startMs } = wait;
      const { uniform } = new Randomness(own);
      pairs.push([wait, await waitVirtually(task, uniform, { startMs, looks: delaysOf(wait) })]);
    }
    for (const [i, peer] of peers.entries()) {
      // What smithy leaves to chance can't be repeated.
      if (!peer.isRandom) {
        pairs.push(...zip(ofPeers[i]!, await waitVirtuallyWith(peer, seconds, ofPeers[i]!.map(delaysOf))));
      }
    }
    for (const [i, peer] of goPeers.entries()) {
      pairs.push(...zip(ofGo[i]!, await waitVirtuallyWithStateChange(peer, seconds, ofGo[i]!.map(delaysOf))));
    }
    return {
      bind: ours,
      byWaiter: new Map<string, Waited[]>([
        ["ours", ourOthers],
        ...peers.map((peer, i): [string, Waited[]] => [peer.name, ofPeers[i]!]),
        ...goPeers.map((peer, i): [string, Waited[]] => [peer.name, ofGo[i]!]),
      ]),
      agreement: pairs.filter(([real, virtual]) => real.requests === virtual.requests).length / pairs.length,
    };
  }

  /** Starts them one after the other, so that they don't get in each other's way, and each waiter's beside the others'. */
  private stagger<T>(starts: (() => Promise<T>)[], waiter = 0): Promise<T[]> {
    const firstMs = waiter * gapBetweenWaitersMs;
    return Promise.all(starts.map((start, i) => sleep(firstMs + i * gapBetweenStartsMs).then(start)));
  }

  /** The emulator's log tells when it took a request up, and so knew the task's status. */
  private delaysFromLog(): (wait: RealWait) => LookDelays[] {
    const arrivals = new Map<string, number[]>();
    for (const { timeMs, taskId, instanceId } of this.emulator.requests()) {
      for (const id of [taskId, instanceId]) {
        if (id !== undefined) {
          const soFar = arrivals.get(id) ?? [];
          soFar.push(timeMs);
          arrivals.set(id, soFar);
        }
      }
    }
    return ({ id, looks }) =>
      looks.map(({ lateMs, sentMs, repliedMs }, i) => {
        const arrivedMs = arrivals.get(id)![i]!;
        return { lateMs, outMs: arrivedMs - sentMs, backMs: repliedMs - arrivedMs };
      });
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
    const looks: TimedLook[] = [];
    let dueMs = startMs;
    const timed: ShowTask = async (...request) => {
      const sentMs = this.emulator.now();
      const reply = await look(...request);
      looks.push({ lateMs: sentMs - dueMs, sentMs, repliedMs: this.emulator.now() });
      return reply;
    };
    const show = Object.assign(timed, { watch: look.watch });
    const clock = { ...systemClock, random: new Randomness(seed).uniform };
    const onPlanned = ({ delayMs }: NextLook) => (dueMs = this.emulator.now() + delayMs);
    const [subject, listener] = [{ instanceId, taskId }, { onPlanned }];
    resultOf(await waitForTask({ showTask: show, subject, options: waitOptions, clock, listener }));
    return { task, seed, startMs, ...this.waited(instanceId, task.seconds, endMs, looks) };
  }

  private async waitWith(peer: Peer, seconds: number, lag: TimerLag): Promise<RealWait> {
    const { taskId, startMs, endMs } = this.start(seconds);
    const looks: Omit<TimedLook, "lateMs">[] = [];
    const beganMs = this.emulator.now();
    await peer.wait(async () => {
      const sentMs = this.emulator.now();
      const { task } = await this.show({ instanceId: this.emulator.instanceId, taskId }, { timeoutMs: 10_000 });
      looks.push({ sentMs, repliedMs: this.emulator.now() });
      return task?.status === "SUCCESS";
    });
    return this.waited(taskId, seconds, endMs, lateBy(looks, beganMs - startMs, lag.medianMs()));
  }

  private async waitWithStateChange(peer: StateChangePeer, seconds: number, token: string): Promise<RealWait> {
    const { taskId, startMs, endMs } = this.start(seconds);
    const { url, projectId, instanceId } = this.emulator;
    const address = `${url}/v2/${projectId}/instances/${instanceId}/tasks/${taskId}`;
    const { beganMs, looks, lagMs } = await this.stateChange!.wait(peer.intervals, address, token);
    return this.waited(taskId, seconds, endMs, lateBy(looks, beganMs - startMs, lagMs));
  }

  private waited(id: string, seconds: number, endMs: number, looks: TimedLook[]): RealWait {
    return { id, seconds, latencySeconds: (this.emulator.now() - endMs) / 1000, requests: looks.length, looks };
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

/** A peer doesn't tell when it meant to look: its first look is late as the wait is, the others as timers are. */
function lateBy(looks: readonly Omit<TimedLook, "lateMs">[], firstMs: number, othersMs: number): TimedLook[] {
  return looks.map((look, i) => ({ ...look, lateMs: i === 0 ? firstMs : othersMs }));
}

function zip<T>(ones: readonly T[], others: readonly T[]): [T, T][] {
  return ones.map((one, i) => [one, others[i]!]);
}

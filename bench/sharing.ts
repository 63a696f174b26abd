import { type Emulator, startEmulator } from "../emulator/index";
import { type ShowTask, showTaskWith } from "../provider/service/client";
import { systemClock } from "../provider/clock/clock";
import { identityFor } from "../provider/identity/identities";
import { readSettings } from "../provider/settings/settings";
import { sharedLookWith } from "../provider/service/sharedLooks";
import { resultOf } from "../provider/wait/outcome";
import { waitForTask } from "../provider/wait/waiter";
import { Randomness } from "./randomness";
import { waitOptions } from "./virtualWait";
import { mean } from "./waits";

// Many waits on one instance, in real time against the emulator: each on its own, by id, and sharing their looks.

export interface Side {
  requests: number;
  meanLatencySeconds: number;
}

export interface Sharing {
  byId: Side;
  shared: Side;
}

const tasks = 50;

/** Both sides at once, on an instance each, so that what else the machine does is the same for both. */
export async function measureSharing(seed: number, rounds: number): Promise<Sharing> {
  const emulator = await startEmulator({ now: () => performance.timeOrigin + performance.now() });
  try {
    const identity = identityFor(readSettings({}, () => undefined, emulator.env));
    const byId = showTaskWith(identity, "kafka");
    // One request beforehand: the first one logs in.
    await byId({ instanceId: emulator.instanceId, taskId: emulator.taskId }, { timeoutMs: 10_000 });
    const rows: Sharing[] = [];
    for (let round = 0; round < rounds; round++) {
      const random = new Randomness(seed + round);
      const seconds = Array.from({ length: tasks }, () => random.logUniform(1, 30));
      const [alone, together] = [emulator.addInstance(), emulator.addInstance()];
      const [ofById, ofShared] = await Promise.all([
        waitForAll(emulator, alone, byId, seconds),
        waitForAll(emulator, together, sharedLookWith(identity, "kafka", together), seconds),
      ]);
      rows.push({ byId: ofById, shared: ofShared });
    }
    return { byId: overall(rows.map((row) => row.byId)), shared: overall(rows.map((row) => row.shared)) };
  } finally {
    await emulator.close();
  }
}

async function waitForAll(
  emulator: Emulator,
  instanceId: string,
  show: ShowTask,
  durations: readonly number[],
): Promise<Side> {
  const startMs = Math.floor(emulator.now());
  const latencies = await Promise.all(
    durations.map(async (seconds, i) => {
      const { taskId } = emulator.addTask({
        // No two of one name: those that have ended are no past runs of the others.
        name: `operation${i}`,
        instanceId,
        createdAt: new Date(startMs).toISOString(),
        progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: seconds }],
      });
      const clock = { ...systemClock, random: new Randomness(i).uniform };
      const subject = { instanceId, taskId };
      resultOf(await waitForTask({ showTask: show, subject, options: waitOptions, clock }));
      return (emulator.now() - startMs) / 1000 - seconds;
    }),
  );
  const requests = emulator.requests().filter((request) => request.instanceId === instanceId).length;
  return { requests, meanLatencySeconds: mean(latencies) };
}

/** How many times fewer requests the sharing side sends, and its latency over the other's. */
export function sharingRatios({ byId, shared }: Sharing): [number, number] {
  return [byId.requests / shared.requests, shared.meanLatencySeconds / byId.meanLatencySeconds];
}

function overall(sides: readonly Side[]): Side {
  return {
    requests: mean(sides.map(({ requests }) => requests)),
    meanLatencySeconds: mean(sides.map(({ meanLatencySeconds }) => meanLatencySeconds)),
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, startEmulator } from "../../emulator/index";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import { waitByCreate } from "../waits/resourceWait";
import { describeVerdict } from "../waits/verdict";
import { withProvider } from "./clockedProvider";

const jumps = [1, 60, 280, 320, 600, 880, 920, 1800, 3600, 7200];
const moments = ["before", "amid", "between looks, and back"] as const;

// Of more than five in a row, the service locks the key.
const mostRefused = 4;

/** A clock is set around waits whose requests are signed. */
export function signatureTrial(random: Random, i: number): Trial {
  const whose = (["machine", "service"] as const)[i % 2]!;
  const moment = moments[Math.floor(i / 2) % moments.length]!;
  const seconds = random.oneOf(jumps) * (random.chance(50) ? 1 : -1);
  const waits = random.oneOf([1, 3, 20]);
  return {
    name: `signatures ${i}: ${whose}'s clock set by ${seconds} s ${moment}, ${waits} waits`,
    run: async () => {
      const emulator = await startEmulator();
      try {
        const { OS_USERNAME, OS_PASSWORD, ...others } = emulator.env;
        const env = { ...others, OS_ACCESS_KEY: emulator.accessKey, OS_SECRET_KEY: emulator.secretKey };
        await withProvider(env, async (clock, start) => {
          const set = (ahead: number) => {
            if (whose === "machine") clock.set(ahead);
            else emulator.configure({ clockSkewSeconds: ahead });
          };
          if (moment === "before") set(seconds);
          const provider = await start();
          const waiting = Array.from({ length: waits }, () => {
            const instanceId = emulator.addInstance();
            // By looks, and hours ago: the service's clock may be set to a time before the task's start otherwise.
            const createdAt = new Date(emulator.now() - 3 * 3_600_000).toISOString();
            const task = { name: "restart", instanceId, createdAt, progress: endingAfter(random) };
            const { taskId } = emulator.addTask(task);
            return waitByCreate(provider, { instanceId, taskId, timeoutSeconds: 30, maxDelaySeconds: 0.5 });
          });
          if (moment !== "before") {
            await sleep(random.between(0, 1200));
            set(seconds);
          }
          if (moment === "between looks, and back") {
            await sleep(random.between(200, 1200));
            set(0);
          }
          const failed = (await Promise.all(waiting)).find(({ task }) => task?.["status"] !== "SUCCESS");
          if (failed) throw new Error(`a wait ${describeVerdict(failed)}; ${describeRefusals(emulator)}`);
          // A clock that is set twice may mislead twice.
          const most = moment === "between looks, and back" ? 2 * mostRefused : mostRefused;
          if (refusalsOf(emulator) > most || longestRowOf(emulator) > mostRefused) {
            throw new Error(describeRefusals(emulator));
          }
        });
      } finally {
        await emulator.close();
      }
    },
  };
}

function endingAfter(random: Random) {
  return [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: random.between(3, 8) }];
}

function refusalsOf(emulator: Emulator): number {
  return emulator.requests().filter(({ status }) => status === 401).length;
}

function longestRowOf(emulator: Emulator): number {
  let [longest, row] = [0, 0];
  for (const { status } of emulator.requests()) {
    row = status === 401 ? row + 1 : 0;
    longest = Math.max(longest, row);
  }
  return longest;
}

function describeRefusals(emulator: Emulator): string {
  return `${refusalsOf(emulator)} signatures were refused, ${longestRowOf(emulator)} of them in a row`;
}

import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "../../emulator/index";
import { machineUptimeMs } from "../../provider/clock/clock";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import { checkInputs, searchProviderText, waitByCreate } from "../waits/resourceWait";
import { describeVerdict } from "../waits/verdict";
import { withProvider } from "./clockedProvider";

const moments = [
  "before the program",
  "between the program and the search",
  "between two looks",
  "and back between looks",
] as const;
type Moment = (typeof moments)[number];

const jumps = [1, 2, 5, 30, 60, 300, 900, 3600, 7200];

const name = "bindInstancePublicIp";
const appearSeconds = 4;

/** A clock is set around a search by name, on whose instance older runs of the name are. */
export function nameTrial(random: Random, i: number): Trial {
  const whose = (["machine", "service"] as const)[i % 2]!;
  const moment = moments[Math.floor(i / 2) % moments.length]!;
  const seconds = random.oneOf(jumps) * (random.chance(50) ? 1 : -1);
  const hasNew = random.chance(75);
  return {
    name: `search ${i}: ${whose}'s clock set by ${seconds} s ${moment}, ${hasNew ? "a new run" : "no new run"}`,
    run: () => tryName(random, { whose, moment, seconds, hasNew }),
  };
}

interface Situation {
  whose: "machine" | "service";
  moment: Moment;
  seconds: number;
  hasNew: boolean;
}

/** Older runs, seconds to hours old, one of which began just before. */
function agesOfOldRuns(random: Random, { whose, moment, seconds }: Omit<Situation, "hasNew">): number[] {
  const ages = [random.between(1100, 3000), random.between(3000, 60_000), random.between(60_000, 7_200_000)];
  // Between the program's start and the first reply, nothing can tell that the service's clock was set back: a run whose
  // time lies between the two starts of that clock cannot be told from a new one. It is not promised to be.
  const isHidden = whose === "service" && moment === "between the program and the search" && seconds < 0;
  const setMs = -seconds * 1000;
  return isHidden ? ages.filter((ageMs) => ageMs < setMs - hiddenMs || ageMs > setMs) : ages;
}

// From the program's start to the search's first reply, at most.
const hiddenMs = 15_000;

async function tryName(random: Random, { whose, moment, seconds, hasNew }: Situation): Promise<void> {
  const emulator = await startEmulator();
  try {
    await withProvider(emulator.env, async (clock, start) => {
      const set = (ahead: number) => {
        if (whose === "machine") clock.set(ahead);
        else emulator.configure({ clockSkewSeconds: ahead });
      };
      const old = agesOfOldRuns(random, { whose, moment, seconds });
      const setBefore = moment === "before the program";
      const oldIds = old.map((agoMs) => {
        const createdAt = new Date(emulator.now() - agoMs).toISOString();
        const progress = [{ status: random.oneOf(["SUCCESS", "EXECUTING", "FAILED"]) }];
        return emulator.addTask({ name, createdAt, progress }).taskId;
      });
      if (setBefore) set(seconds);
      const program = { startedAtMs: clock.nowMs(), startedAtUptimeMs: machineUptimeMs() };
      if (moment === "between the program and the search") set(seconds);
      const provider = await start();
      const inputs = await checkInputs(provider, {
        __provider: searchProviderText,
        instanceId: emulator.instanceId,
        name,
        ...program,
        appearTimeoutSeconds: appearSeconds,
        timeoutSeconds: 20,
        maxDelaySeconds: 0.3,
      });
      const searching = waitByCreate(provider, inputs);
      const looks = async (count: number) => {
        while ((emulator.counts()["listTasks"] ?? 0) < count) await sleep(5);
      };
      if (moment === "between two looks" || moment === "and back between looks") {
        await looks(2);
        set(seconds);
      }
      if (moment === "and back between looks") {
        await looks(3);
        set(0);
      }
      await sleep(random.between(50, 400));
      const newId = hasNew ? emulator.addTask({ name }).taskId : undefined;
      const { task, error, ...verdict } = await searching;
      const found = task?.["taskId"];
      if (oldIds.includes(found as string))
        throw new Error(`it found an older run: number ${oldIds.indexOf(found as string)}`);
      if (found !== newId)
        throw new Error(`it should find ${newId ?? "none"}: it ${describeVerdict({ task, error, ...verdict })}`);
      if (error && !/was not found on instance/.test(error.message)) throw new Error(error.message);
    });
  } finally {
    await emulator.close();
  }
}

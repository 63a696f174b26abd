import { type Emulator, startEmulator } from "../../emulator/index";
import { systemClock } from "../../provider/clock/clock";
import { identityFor } from "../../provider/identity/identities";
import { type ShowTask, showTaskWith } from "../../provider/service/client";
import { sharedLookWith } from "../../provider/service/sharedLooks";
import { readSettings } from "../../provider/settings/settings";
import type { WaitSubject } from "../../provider/task/waitSubject";
import { waitWithOurs } from "../peers/ours";
import type { Answer } from "../waits/answers";
import { type DrawnTask, pastRunTimes } from "../waits/mixture";
import { Randomness } from "../waits/randomness";
import type { Waited } from "../waits/waits";

export interface EmulatedService {
  emulator: Emulator;
  /** Looks at a task by its id. */
  show: ShowTask;
  /** Looks that all waits on the instance share: the first one lists, and brings the past runs. */
  sharedLook: (instanceId: string) => ShowTask;
}

/** The emulator in this process, on this process's monotonic clock, and a client that has logged in. */
export function startService(): Promise<EmulatedService> {
  return startEmulator({ now: () => performance.timeOrigin + performance.now() }).then(clientOf);
}

/** A client with these settings instead of the password's, once it has had an answer. */
export async function clientOf(emulator: Emulator, settings: Record<string, string> = {}): Promise<EmulatedService> {
  const identity = identityFor(readSettings({}, () => undefined, { ...emulator.env, ...settings }));
  const show = showTaskWith(identity, "kafka");
  await show(emulator, { timeoutMs: 10_000 });
  return { emulator, show, sharedLook: (instanceId) => sharedLookWith(identity, "kafka", instanceId) };
}

/** A wait in real time, and what a wait on a virtual clock needs to repeat it. */
export interface RealWait extends Waited {
  startMs: number;
  answers: Answer[];
}

/** A task on an instance, and how a waiter looks at it. */
export interface RealTask extends DrawnTask {
  instanceId: string;
  name: string;
  look: ShowTask;
}

/** Starts the task and waits for its end, with looks whose answers are kept. */
export async function waitInRealTime(
  emulator: Emulator,
  { seconds, pastSeconds, instanceId, name, look }: RealTask,
  wait: (look: ShowTask, subject: WaitSubject) => Promise<unknown>,
): Promise<RealWait> {
  const startMs = Math.floor(emulator.now());
  pastRunTimes(pastSeconds, startMs).forEach(({ createdAt }, i) => {
    const progress = [{ status: "SUCCESS", afterSeconds: pastSeconds[i] }];
    emulator.addTask({ name, instanceId, createdAt, progress });
  });
  const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: seconds }];
  const { taskId } = emulator.addTask({ name, instanceId, createdAt: new Date(startMs).toISOString(), progress });
  const answers: Answer[] = [];
  const ageMs = () => emulator.now() - startMs;
  const keeping: ShowTask = async (...request) => {
    const reply = await look(...request);
    answers.push({ atMs: ageMs(), hasEnded: reply.task?.status === "SUCCESS" });
    return reply;
  };
  await wait(Object.assign(keeping, { watch: look.watch }), { instanceId, taskId });
  return { seconds, latencySeconds: ageMs() / 1000 - seconds, requests: answers.length, startMs, answers };
}

/** The same with our own waiter, whose chance the seed repeats. */
export function waitByOurs(emulator: Emulator, task: RealTask, seed: number): Promise<RealWait> {
  const clock = { ...systemClock, random: new Randomness(seed).uniform };
  return waitInRealTime(emulator, task, (look, subject) => waitWithOurs(look, subject, clock));
}

import { type Emulator, startEmulator } from "../../emulator/index";
import { identityFor } from "../../provider/identity/identities";
import { type ShowTask, showTaskWith } from "../../provider/service/client";
import { sharedLookWith } from "../../provider/service/sharedLooks";
import { readSettings } from "../../provider/settings/settings";
import type { WaitSubject } from "../../provider/task/waitSubject";
import type { Answer } from "../waits/answers";
import { type DrawnTask, pastRunTimes } from "../waits/mixture";
import type { Waited } from "../waits/waits";

export interface EmulatedService {
  emulator: Emulator;
  /** Looks at a task by its id. */
  show: ShowTask;
  /** Looks that all waits on the instance share: the first one lists, and brings the past runs. */
  sharedLook: (instanceId: string) => ShowTask;
}

/** The emulator in this process, on this process's monotonic clock, and a client that has logged in. */
export async function startService(): Promise<EmulatedService> {
  const emulator = await startEmulator({ now: () => performance.timeOrigin + performance.now() });
  const identity = identityFor(readSettings({}, () => undefined, emulator.env));
  const show = showTaskWith(identity, "kafka");
  await show(emulator, { timeoutMs: 10_000 });
  return { emulator, show, sharedLook: (instanceId) => sharedLookWith(identity, "kafka", instanceId) };
}

/** A wait in real time, and what a wait on a virtual clock needs to repeat it. */
export interface RealWait extends Waited {
  startMs: number;
  answers: Answer[];
}

interface StartedTask {
  subject: WaitSubject;
  /** The look, whose answers are kept. */
  keeping(look: ShowTask): ShowTask;
  /** To be asked as soon as the wait has returned. */
  waited(): RealWait;
}

export function startTask(emulator: Emulator, drawn: DrawnTask, instanceId: string, name: string): StartedTask {
  const { seconds, pastSeconds } = drawn;
  const startMs = Math.floor(emulator.now());
  pastRunTimes(pastSeconds, startMs).forEach(({ createdAt }, i) => {
    const progress = [{ status: "SUCCESS", afterSeconds: pastSeconds[i] }];
    emulator.addTask({ name, instanceId, createdAt, progress });
  });
  const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: seconds }];
  const { taskId } = emulator.addTask({ name, instanceId, createdAt: new Date(startMs).toISOString(), progress });
  const answers: Answer[] = [];
  const ageMs = () => emulator.now() - startMs;
  return {
    subject: { instanceId, taskId },
    keeping: (look) => {
      const keeping: ShowTask = async (...request) => {
        const reply = await look(...request);
        answers.push({ atMs: ageMs(), hasEnded: reply.task?.status === "SUCCESS" });
        return reply;
      };
      return Object.assign(keeping, { watch: look.watch });
    },
    waited: () => ({
      seconds,
      latencySeconds: ageMs() / 1000 - seconds,
      requests: answers.length,
      startMs,
      answers,
    }),
  };
}

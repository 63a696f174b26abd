import type { Answer } from "../waits/answers";
import type { Waited } from "../waits/waits";

/** Asks the service once; whether the task has ended. */
export type HasEnded = () => Promise<boolean>;

/** Another waiter: its own code, with the settings that its users have. */
export interface Peer {
  name: string;
  /** Its package, and the settings. */
  source: string;
  /** Whether it leaves its intervals to chance. */
  isRandom?: boolean;
  wait(hasEnded: HasEnded): Promise<unknown>;
  /** Waits on a virtual clock of its own; without it, `wait` is run with this process's timers faked. */
  waitVirtually?: VirtualWaits;
}

/** Waits for tasks that take so long on a virtual clock, or repeats waits in real time, whose looks were answered so. */
export type VirtualWaits = (tasks: readonly { seconds: number; answers?: readonly Answer[] }[]) => Promise<Waited[]>;

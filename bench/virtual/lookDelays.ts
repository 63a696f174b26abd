/** How a look of a real wait went, in milliseconds, so that a wait on a virtual clock can repeat it. */
export interface LookDelays {
  /** From when it was due to when its request was sent. */
  lateMs: number;
  /** From there to the service, which then knows the task's status. */
  outMs: number;
  /** From there to the waiter, which then knows it as well. */
  backMs: number;
}

const none: LookDelays = { lateMs: 0, outMs: 0, backMs: 0 };

/** Those of a wait's look; one that the real wait didn't have goes as its last one did. */
export function delaysOfLook(index: number, looks: readonly LookDelays[]): LookDelays {
  return looks[index] ?? looks.at(-1) ?? none;
}

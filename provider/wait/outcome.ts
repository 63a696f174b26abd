/** How a wait ended: with its result, or with a cause and what it found, which the next wait can use. */
export type Outcome<Result, Found> =
  { state: "finished"; result: Result } | { state: "unfinished"; cause: Error; found: Found };

/** The reason of the signal of a wait whose update was cancelled: the wait ends with a WaitCancelledError. */
export const updateCancelled = new Error("the update was cancelled");

/** @throws the cause, if the wait did not finish. */
export function resultOf<Result>(outcome: Outcome<Result, unknown>): Result {
  if (outcome.state === "unfinished") {
    throw outcome.cause;
  }
  return outcome.result;
}

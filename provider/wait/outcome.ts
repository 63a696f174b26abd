/** How a wait ended: with its result, or without one, and then with what it found out that the next wait can go on with. */
export type Outcome<Result, Found> =
  { state: "finished"; result: Result } | { state: "unfinished"; cause: Error; found: Found };

/** The result, or a throw of what kept the wait from it. */
export function resultOf<Result>(outcome: Outcome<Result, unknown>): Result {
  if (outcome.state === "unfinished") {
    throw outcome.cause;
  }
  return outcome.result;
}

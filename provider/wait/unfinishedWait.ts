/** A wait that ended without its result: why, and what it found out that the next one can go on with. */
export class UnfinishedWait<Found> extends Error {
  constructor(
    override readonly cause: Error,
    readonly found: Found,
  ) {
    super(cause.message);
  }
}

/** The result of a wait whose findings nobody goes on with. */
export async function finished<T>(wait: Promise<T>): Promise<T> {
  try {
    return await wait;
  } catch (error) {
    throw error instanceof UnfinishedWait ? error.cause : error;
  }
}

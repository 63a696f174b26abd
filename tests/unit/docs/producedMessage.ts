import type { Emulator } from "../../../emulator";

/** Makes the code throw, or reject with, an error that users can meet. */
export type Producer = (cloud: Emulator) => unknown;

/** The error that the code ends with. */
export async function errorFrom(produce: () => unknown): Promise<Error> {
  try {
    await produce();
  } catch (error) {
    return error as Error;
  }
  throw new Error("It should have failed.");
}

import type { Emulator, EmulatorOptions } from "../../../emulator";
import { startEmulator } from "../../../emulator";

/** Where each test's clock begins; it stands still until a test moves it. */
export const START_MS = Date.parse("2026-01-02T03:04:05.678Z");

/** One emulator for the tests of a file, as new before each; and the clock that it goes by. */
export function useEmulator(options: EmulatorOptions = {}): {
  emulator: () => Emulator;
  pass: (seconds: number) => void;
} {
  let nowMs = START_MS;
  let emulator: Emulator | undefined;
  beforeAll(async () => {
    emulator = await startEmulator({ now: () => nowMs, ...options });
  });
  beforeEach(() => {
    nowMs = START_MS;
    emulator?.reset();
  });
  afterAll(() => emulator?.close());
  return {
    emulator: () => {
      if (emulator === undefined) {
        throw new Error("Only within a test.");
      }
      return emulator;
    },
    pass: (seconds) => {
      nowMs += seconds * 1000;
    },
  };
}

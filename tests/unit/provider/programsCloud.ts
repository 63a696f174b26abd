import * as pulumi from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../../emulator";

// Real requests take a while where the machine is busy.
jest.setTimeout(30_000);

const environment = process.env;
let emulator: Emulator | undefined;

/** Starts a cloud for one test, whose settings this process then has as a program would, and silences what a program logs. */
export async function startCloud(): Promise<Emulator> {
  emulator = await startEmulator();
  process.env = { ...environment, ...emulator.env };
  jest.spyOn(pulumi.log, "info").mockResolvedValue(undefined);
  jest.spyOn(pulumi.log, "debug").mockResolvedValue(undefined);
  return emulator;
}

export async function endCloud(): Promise<void> {
  process.env = environment;
  jest.restoreAllMocks();
  await emulator?.close();
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { writeProgram } from "../../engine/programFolder";
import { StartedProvider } from "./startedProvider";

/** An emulator for each test of the file, and the provider process that the test starts. */
export function eachProvider() {
  let emulator: Emulator;
  let folder: string;
  let provider: StartedProvider | undefined;

  // Starting a process takes seconds where the machine is busy.
  jest.setTimeout(60_000);

  beforeEach(async () => {
    emulator = await startEmulator();
    folder = mkdtempSync(path.join(tmpdir(), "provider-process-"));
  });

  afterEach(async () => {
    provider?.stop();
    provider = undefined;
    await emulator.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  return {
    emulator: () => emulator,
    async start(config: { [key: string]: string }, env: { [name: string]: string }): Promise<StartedProvider> {
      const cwd = await writeProgram({ files: { "index.js": "" } }, folder);
      return (provider = await StartedProvider.start(cwd, config, env));
    },
  };
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";
import { StartedProvider } from "../../tests/process/startedProvider";
import { SettableClock } from "../waits/settableClock";

/** Runs what needs a provider process with a clock of its own, in a folder of its own. */
export async function withProvider(
  env: { [name: string]: string },
  run: (clock: SettableClock, start: () => Promise<StartedProvider>) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "clocks-"));
  const clock = new SettableClock(folder);
  let provider: StartedProvider | undefined;
  try {
    const cwd = await writeProgram({ files: { "index.js": "" } }, folder);
    await run(clock, async () => (provider = await StartedProvider.start(cwd, {}, { ...env, ...clock.env })));
  } finally {
    provider?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

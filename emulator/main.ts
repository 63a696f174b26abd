// What `npm run emulator` runs.
import { runEmulator } from "./command";

runEmulator(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

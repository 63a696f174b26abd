import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { writeProgram } from "../../engine/programFolder";
import { startCommand } from "../../engine/runningCommand";

// Starting a process takes seconds where the machine is busy.
jest.setTimeout(60_000);

// The example that needs no Pulumi program.

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(path.join(tmpdir(), "plain-script-"));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start() {
  const script = readFileSync(path.join(__dirname, "..", "..", "examples", "plain-script", "index.mjs"), "utf8");
  const cwd = await writeProgram({ files: { "index.mjs": script } }, folder);
  const own = Object.entries(process.env).filter(([name]) => !/^OS_|_PROXY$/i.test(name));
  const env = { ...(Object.fromEntries(own) as Record<string, string>), HOME: folder, ...emulator.env };
  return startCommand(process.execPath, ["index.mjs"], { cwd, env, inherit: false });
}

describe("a plain script", () => {
  it.each([
    ["SUCCESS", 0, /quiet after 1 task/],
    ["FAILED", 1, /1 background task of instance .* failed: restart/],
  ])("waits for a task that ends with %s, and exits with %i", async (status, exitCode, printed) => {
    emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status, afterLooks: 2 }] });
    const script = await start();
    expect((await script.finished).exitCode).toBe(exitCode);
    expect(script.output()).toMatch(/waiting: restart EXECUTING/);
    expect(script.output()).toMatch(printed);
    expect(script.output()).not.toMatch(/^\s+at /m);
  });

  it("ends by Ctrl-C at once, by nothing of the package's but its own signal", async () => {
    emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
    const script = await start();
    await script.printed(/waiting: restart EXECUTING/);
    const interruptedMs = performance.now();
    script.interrupt();
    expect((await script.finished).exitCode).toBe(2);
    expect(performance.now() - interruptedMs).toBeLessThan(1500);
    expect(script.output()).toContain("interrupted");
  });
});

import { tmpdir } from "node:os";
import { startCommand, type RunningCommand } from "../../../engine/runningCommand";

function node(script: string, timeoutMs?: number): RunningCommand {
  return startCommand(process.execPath, ["-e", script], { cwd: tmpdir(), env: {}, inherit: false, timeoutMs });
}
const waitForEver = "setInterval(() => {}, 1e6);";

describe("a command that runs beside the test", () => {
  test("resolves with its exit code and both streams, also when it fails", async () => {
    const command = node("console.log('out'); console.error('err'); process.exitCode = 3;");
    expect(await command.finished).toMatchObject({ exitCode: 3, stdout: "out", stderr: "err", timedOut: false });
    expect(command.output()).toContain("out\n");
  });

  test("that cannot be started is a failure with the reason, too", async () => {
    const command = startCommand("no-such-command", [], { cwd: tmpdir(), env: {}, inherit: false });
    const { exitCode, stderr } = await command.finished;
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("no-such-command");
  });

  test("can be waited for until it has printed something", async () => {
    const command = node(`console.log('ready'); ${waitForEver}`);
    await command.printed(/ready/);
    command.kill("SIGKILL");
    expect((await command.finished).exitCode).toBe(137);
  });

  test("that ends without printing it rejects, with what it did print", async () => {
    await expect(node("console.log('something else')").printed(/ready/)).rejects.toThrow("something else");
  });

  test("takes what it started along when all of it is killed", async () => {
    const child = `require("child_process").spawn(process.execPath, ["-e", "${waitForEver}"], { stdio: "inherit" })`;
    const command = node(`console.log("pid " + ${child}.pid); ${waitForEver}`);
    await command.printed(/pid \d+/);
    command.killAll();
    // Resolves only when both have closed the streams.
    expect((await command.finished).exitCode).toBe(137);
  });

  test("is killed after the time it was given", async () => {
    expect(await node(waitForEver, 1).finished).toMatchObject({ exitCode: 137, timedOut: true });
  });

  test("sees no variable but those it was given", async () => {
    const command = node("console.log(Object.keys(process.env).length)");
    expect((await command.finished).stdout).toBe("0");
  });
});

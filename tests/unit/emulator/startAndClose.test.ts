import { spawn } from "node:child_process";
import { join } from "node:path";
import type { EmulatorConnection, EmulatorOptions } from "../../../emulator";
import { startEmulator } from "../../../emulator";

const main = join(__dirname, "../../../emulator/main.ts");
const entry = join(__dirname, "../../../emulator/index.ts");

/** A process of its own, which ends by itself only if nothing is left behind. */
const CLOSES_AMID_WORK = `
  const { connect } = require("node:net");
  const { startEmulator } = require(${JSON.stringify(entry)});
  void (async () => {
    const emulator = await startEmulator();
    const idle = connect(Number(new URL(emulator.url).port), "127.0.0.1").on("error", () => undefined);
    emulator.replyNext({ route: "listVersions", delaySeconds: 600 });
    const slow = fetch(emulator.url).catch(() => "refused");
    while (emulator.counts().listVersions === undefined) await new Promise(setImmediate);
    const begin = performance.now();
    await emulator.close();
    const tookMs = performance.now() - begin;
    await new Promise((resolve) => (idle.closed ? resolve() : idle.once("close", resolve)));
    console.log(JSON.stringify({ inTime: tookMs < 500, slow: await slow }));
    await emulator.close();
  })();
`;

test("close ends at once, with a reply under way and idle connections, and leaves no socket and no timer", async () => {
  const command = run(["-e", CLOSES_AMID_WORK]);
  expect(JSON.parse(await command.output)).toEqual({ inTime: true, slow: "refused" });
  expect(await command.code).toBe(0);
}, 20_000);

test("it listens on loopback only, at a free port, and tells how to log in", async () => {
  const emulator = await startEmulator({ region: "eu-nl" });
  const { url, env } = emulator;
  await emulator.close();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(emulator).toMatchObject({ authUrl: `${url}/v3`, region: "eu-nl", projectName: "eu-nl_emulator" });
  expect(emulator.projectId).toMatch(/^[0-9a-f]{32}$/);
  expect(emulator.instanceId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(env).toMatchObject({
    OS_AUTH_URL: emulator.authUrl,
    OS_REGION_NAME: "eu-nl",
    OS_USERNAME: emulator.username,
    OS_PASSWORD: emulator.password,
    OS_USER_DOMAIN_NAME: emulator.domainName,
    OS_PROJECT_ID: emulator.projectId,
    OTC_INSTANCE_ID: emulator.instanceId,
    OTC_TASK_ID: emulator.taskId,
  });
});

test("passwords and keys differ from run to run, ids do not", async () => {
  const [one, other] = [await startEmulator(), await startEmulator()];
  await Promise.all([one.close(), other.close()]);
  for (const name of ["password", "accessKey", "secretKey", "url"] as const) {
    expect(one[name]).not.toBe(other[name]);
  }
  for (const name of ["projectId", "instanceId", "taskId", "username", "domainName"] as const) {
    expect(one[name]).toBe(other[name]);
  }
});

test("tasks and instances can be there from the start", async () => {
  const instanceId = "11111111-2222-4333-8444-555555555555";
  const emulator = await startEmulator({ instances: [{ instanceId }], tasks: [{ name: "restart", instanceId }] });
  expect(emulator.tasks()).toMatchObject([{ name: "changeRetentionPolicy" }, { name: "restart", instanceId }]);
  await emulator.close();
});

test.each([
  [{ port: 70_000 }, /port/],
  [{ prot: 1 }, /prot/],
  [{ account: { projectId: "x" } }, /account\.projectId: must be 32 hex digits/],
  [{ tokenLifetimeSeconds: "1" }, /tokenLifetimeSeconds/],
  [{ now: 5 }, /now: must be a function/],
])("a wrong option is refused by name: %j", async (options, message) => {
  await expect(startEmulator(options as EmulatorOptions)).rejects.toThrow(message);
});

test("a port that is taken is said", async () => {
  const emulator = await startEmulator();
  await expect(startEmulator({ port: Number(new URL(emulator.url).port) })).rejects.toThrow("EADDRINUSE");
  await emulator.close();
});

function run(args: string[]): {
  output: Promise<string>;
  errors: () => string;
  kill: (signal: NodeJS.Signals) => void;
  code: Promise<number | null>;
} {
  const child = spawn(process.execPath, ["--import", "tsx", ...args]);
  let [out, errors] = ["", ""];
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const output = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      resolve(out);
    });
    child.once("exit", () => resolve(out));
  });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { output, errors: () => errors, kill: (signal) => child.kill(signal), code };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "the command prints one line of JSON, and %s ends it with 0",
  async (signal) => {
    const command = run([main]);
    const line = await command.output;
    expect(line.split("\n")).toHaveLength(2);
    const { url, env } = JSON.parse(line) as EmulatorConnection;
    expect((await fetch(url)).status).toBe(300);
    expect(env.OS_AUTH_URL).toBe(`${url}/v3`);
    command.kill(signal);
    expect(await command.code).toBe(0);
    expect(await command.output).toBe(line);
    expect(command.errors()).toContain("listVersions GET / 300");
  },
  20_000,
);

test("the command prints lines for a shell when asked, and refuses a wrong flag", async () => {
  const shell = run([main, "--env", "--region", "it's"]);
  expect(await shell.output).toMatch(/^export OS_AUTH_URL='http:.*'\n[^]*export OS_REGION_NAME='it'\\''s'\n/);
  shell.kill("SIGTERM");
  const wrong = run([main, "--bind-seconds", "soon"]);
  expect(await wrong.code).toBe(1);
  expect(wrong.errors()).toBe("--bind-seconds must be a number, but is soon\n");
}, 20_000);

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { startCommand } from "../../engine/runningCommand";

// Starting a process takes seconds where the machine is busy.
jest.setTimeout(60_000);

// The command of the built package against the emulator.

const main = path.join(__dirname, "..", "..", "bin", "cli", "main.js");

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(path.join(tmpdir(), "command-"));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(args: string[], changed: { [name: string]: string | undefined } = {}, preloaded: string[] = []) {
  const own = Object.entries(process.env).filter(([name]) => !/^OS_|_PROXY$/i.test(name));
  const given = Object.entries({ ...Object.fromEntries(own), HOME: folder, ...emulator.env, ...changed });
  const env = Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<string, string>;
  return startCommand(process.execPath, [...preloaded, main, ...args], { cwd: folder, env, inherit: false });
}

async function run(args: string[], changed: { [name: string]: string | undefined } = {}, preloaded: string[] = []) {
  const { exitCode, stdout, stderr } = await start(args, changed, preloaded).finished;
  expect(stdout + stderr).not.toContain(emulator.password);
  return { exitCode, stdout, stderr };
}

/** What is written to stderr, and the exit code, if the reader of the result has gone. */
async function runUnread(args: string[]): Promise<string> {
  const env = { PATH: process.env["PATH"], HOME: folder, ...emulator.env } as Record<string, string>;
  const script = '("$@"; echo $? >&2) | true';
  const command = ["-c", script, "sh", process.execPath, main, ...args];
  return (await startCommand("sh", command, { cwd: folder, env, inherit: false }).finished).stderr;
}

const inProgress = [{ status: "EXECUTING" }];
const ended = (status: string) => [{ status: "EXECUTING" }, { status, afterLooks: 2 }];

describe("tasks", () => {
  it("lists an instance's tasks, newest first", async () => {
    emulator.addTask({ name: "restart", userName: "deploy\u001b[2J", progress: inProgress });
    const { exitCode, stdout } = await run(["tasks", emulator.instanceId]);
    expect(exitCode).toBe(0);
    const [heads, newest, older, ...others] = stdout.trimEnd().split("\n");
    expect(heads).toMatch(/^NAME +ID +STATUS +BEGAN +TOOK +BY$/);
    expect(newest).toMatch(/^restart +[0-9a-f]{32} +EXECUTING +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ +- +deploy \[2J$/);
    expect(older).toMatch(/^changeRetentionPolicy +[0-9a-f]{32} +SUCCESS +\S+ +5 s +\S+$/);
    expect(others).toEqual([]);
  });

  it("filters by name, status and start, and prints JSON", async () => {
    emulator.addTask({ name: "restart", progress: inProgress });
    const filters = ["--name", "restart", "--status", "EXECUTING", "--since", "1m", "--json"];
    const { exitCode, stdout } = await run(["tasks", emulator.instanceId, ...filters]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ version: 1, tasks: [expect.objectContaining({ name: "restart" })] });
    const { stdout: nothing, stderr } = await run(["tasks", emulator.instanceId, "--name", "other"]);
    expect([nothing, stderr]).toEqual(["", `No background task of instance ${emulator.instanceId} matches.`]);
  });
});

describe("wait", () => {
  it("ends with 0 when the task has succeeded", async () => {
    const { taskId } = emulator.addTask({ name: "restart", progress: ended("SUCCESS") });
    const { exitCode, stdout, stderr } = await run(["wait", emulator.instanceId, taskId]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^background task restart \(id [0-9a-f]{32}\) of instance \S+ succeeded \(took .* s\)$/);
    expect(stderr).toContain("restart EXECUTING, ");
  });

  it("finds the newest task of a name that began since then", async () => {
    emulator.addTask({ name: "restart", progress: ended("SUCCESS") });
    const args = ["wait", emulator.instanceId, "--name", "restart", "--since", "1m", "--json"];
    const { exitCode, stdout } = await run(args);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      outcome: "succeeded",
      task: { name: "restart", status: "SUCCESS" },
    });
  });

  it("ends with 1 when the task has failed", async () => {
    const { taskId } = emulator.addTask({ name: "restart", progress: ended("FAILED") });
    const { exitCode, stdout, stderr } = await run(["wait", emulator.instanceId, taskId, "--json"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: background task restart .* ended with status FAILED/m);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: "failed",
      task: { status: "FAILED" },
      error: { name: "TaskFailedError" },
    });
  });

  it("ends with 1 also if the reader of its result has gone", async () => {
    const { taskId } = emulator.addTask({ name: "restart", progress: ended("FAILED") });
    expect(await runUnread(["wait", emulator.instanceId, taskId, "--json"])).toMatch(/\n1$/);
  });

  it("ends with 2 when the time is over", async () => {
    const { taskId } = emulator.addTask({ name: "restart", progress: inProgress });
    const { exitCode, stderr } = await run(["wait", emulator.instanceId, taskId, "--timeout", "1s"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /has not ended after \d+(\.\d)? s .*\nRun the command again to resume the wait, or set a longer --timeout\.$/m,
    );
  });

  it("ends with 130 by Ctrl-C within a second, and sends nothing more", async () => {
    const { taskId } = emulator.addTask({ name: "restart", progress: inProgress });
    const command = start(["wait", emulator.instanceId, taskId]);
    await command.printed(/restart EXECUTING/);
    const interruptedMs = performance.now();
    command.interrupt();
    const { exitCode, stderr } = await command.finished;
    expect(exitCode).toBe(130);
    expect(performance.now() - interruptedMs).toBeLessThan(1500);
    expect(stderr).toContain("interrupted: the service keeps working on its tasks");
  });
});

describe("anything else ends with 3 and one sentence", () => {
  const closedPort = async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    return port;
  };

  it.each<[string, (instanceId: string) => string[], { [name: string]: string | undefined }, RegExp]>([
    ["no arguments", () => [], {}, /^Usage: /],
    ["an unknown command", () => ["task"], {}, /^error: unknown command 'task'/],
    ["an unknown option", (id) => ["tasks", id, "--nam", "x"], {}, /^error: unknown option '--nam'/],
    ["an id that is none", () => ["tasks", "../x"], {}, /^error: INSTANCE must consist of letters, digits/],
    [
      "neither a task nor a name",
      (id) => ["wait", id],
      {},
      /^error: wait needs either a TASK or --name, but was given neither\.$/m,
    ],
    ["a task and a name", (id) => ["wait", id, "task", "--name", "x"], {}, /but was given both\.$/m],
    ["a name without a start", (id) => ["wait", id, "--name", "x"], {}, /^error: --name needs --since: /],
    [
      "a start that is none",
      (id) => ["tasks", id, "--since", "soon"],
      {},
      /^error: --since must be a duration such as 2h/,
    ],
    ["an unknown service", (id) => ["tasks", id, "--service", "mysql"], {}, /^error: --service must be one of kafka, /],
    ["missing settings", (id) => ["tasks", id], { OS_PASSWORD: undefined }, /^error: the credentials are incomplete/],
    ["a refused login", (id) => ["tasks", id], { OS_PASSWORD: "wrong-password" }, /was refused \(HTTP 401/],
    ["an unknown instance", () => ["tasks", "00000000-0000-0000-0000-000000000000"], {}, /was not found/],
    [
      "a stack without the Pulumi CLI",
      (id) => ["tasks", id, "--stack", "dev"],
      { PATH: "/nowhere" },
      /^error: --stack needs the Pulumi CLI/,
    ],
  ])("%s", async (_, args, changed, said) => {
    const { exitCode, stderr } = await run(args(emulator.instanceId), changed);
    expect(stderr).toMatch(said);
    expect(exitCode).toBe(3);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("a service that does not answer", async () => {
    const changed = { OS_AUTH_URL: `http://127.0.0.1:${await closedPort()}/v3` };
    const { exitCode, stderr } = await run(["tasks", emulator.instanceId, "--timeout", "1s"], changed);
    expect(stderr).toMatch(/^error: .*ECONNREFUSED/m);
    expect(exitCode).toBe(3);
  });
});

it.each([
  ["tasks", () => ["tasks", emulator.instanceId]],
  ["doctor", () => ["doctor"]],
])("a defect of %s ends with 70, a trace without secrets and where to report it", async (_command, args) => {
  const breaks = path.join(folder, "breaks.cjs");
  writeFileSync(breaks, "AbortSignal.any = () => { throw new TypeError(`broken ${process.env.OS_PASSWORD}`); };");
  const { exitCode, stderr } = await run(args(), {}, ["--require", breaks]);
  expect(stderr).toMatch(
    /^This is a defect of pulumi-otc-background-task; please report it\.\nTypeError: broken \*\*\*\n +at /m,
  );
  expect(exitCode).toBe(70);
});

describe("doctor", () => {
  it("says that all is well, and where each setting was found", async () => {
    const { exitCode, stdout } = await run(["doctor"]);
    expect(stdout).toMatch(/^not checked +configuration +no stack's configuration was read: name one with --stack/m);
    expect(stdout).toMatch(/^ok +setting +password \(OS_PASSWORD in the environment\)$/m);
    expect(stdout).toMatch(/^ok +setting +region eu-de \(OS_REGION_NAME in the environment\)$/m);
    expect(stdout).toMatch(new RegExp(`^ok +login +user ${emulator.username} of domain ${emulator.domainName}$`, "m"));
    expect(stdout).toMatch(new RegExp(`^ok +instances +${emulator.instanceId} \\(.*, RUNNING\\)$`, "m"));
    expect(stdout).toMatch(/^ok +clock +the service's is -?\d+\.\d to -?\d+\.\d s ahead of this machine's$/m);
    expect(stdout).not.toMatch(/^(warning|fault)/m);
    expect(exitCode).toBe(0);
  });

  it("says nothing if nobody reads its result to the end", async () => {
    expect(await runUnread(["doctor"])).toBe("0");
  });

  it("checks what a wait on the instance needs, and prints JSON", async () => {
    const { exitCode, stdout } = await run(["doctor", emulator.instanceId, "--json"]);
    const { version, checks } = JSON.parse(stdout) as { version: number; checks: { topic: string; state: string }[] };
    expect(version).toBe(1);
    const states = Object.fromEntries(checks.map(({ topic, state }) => [topic, state]));
    expect(states).toMatchObject({
      login: "ok",
      instance: "ok",
      "tasks listed": "ok",
      "task shown": "ok",
      clock: "ok",
    });
    expect(exitCode).toBe(0);
  });

  it.each<[string, { [name: string]: string | undefined }, () => void, RegExp]>([
    [
      "settings",
      { OS_PASSWORD: undefined },
      () => undefined,
      /^fault +settings +the credentials are incomplete.*Set .*OS_PASSWORD/m,
    ],
    [
      "the login",
      { OS_PASSWORD: "wrong-password" },
      () => undefined,
      /^fault +login +logging in as user .* was refused/m,
    ],
    [
      "the address of the login",
      { OS_AUTH_URL: "http://127.0.0.1:1/v3" },
      () => undefined,
      /^fault +login +POST http:\/\/127\.0\.0\.1:1\/v3\/auth\/tokens could not be reached/m,
    ],
    [
      "the permission to list tasks",
      {},
      () => emulator.replyNext({ route: "listTasks", status: 403, code: "DMS.00403002" }),
      /^fault +tasks listed +.*HTTP 403.*The permission dms:instance:getBackgroundTask is needed/m,
    ],
    [
      "the permission to look at the instance",
      {},
      () => emulator.replyNext({ route: "showInstance", status: 403, code: "DMS.00403002" }),
      /^warning +instance +.*The permission dms:instance:get is needed\. Without it, a QuietInstance goes by the tasks alone/m,
    ],
    [
      "the clock",
      {},
      () => emulator.configure({ clockSkewSeconds: 3600 }),
      /^warning +clock +.*Set this machine's clock/m,
    ],
  ])("says what is wrong with %s", async (_, changed, plan, said) => {
    plan();
    const { exitCode, stdout } = await run(["doctor", emulator.instanceId], changed);
    expect(stdout).toMatch(said);
    expect(exitCode).toBe(/^fault/m.test(stdout) ? 1 : 0);
  });

  const token = { OS_USERNAME: undefined, OS_PASSWORD: undefined, OS_AUTH_URL: undefined, OS_TOKEN: "token-of-doctor" };
  it.each<[string, string[], { [name: string]: string | undefined }, RegExp]>([
    [
      "a proxy that is none",
      [],
      { ...token, HTTPS_PROXY: "ftp://proxy" },
      /^fault +proxy +HTTPS_PROXY in the environment must name an HTTP proxy/m,
    ],
    [
      "an address that is unknown",
      ["--service", "dcs"],
      { ...token, OS_REGION_NAME: undefined, OS_DMS_ENDPOINT_OVERRIDE: "https://dms.invalid" },
      /^fault +address of DCS +the service catalog has no address of DCS/m,
    ],
  ])("says that there is %s beside all that it found, and sends nothing", async (_, args, changed, said) => {
    const { exitCode, stdout } = await run(["doctor", ...args], changed);
    expect(stdout).toMatch(said);
    expect(stdout).toMatch(/^ok +setting +token \(OS_TOKEN in the environment\)$/m);
    expect(stdout).toMatch(/^ok +certificates/m);
    expect(exitCode).toBe(1);
    expect(emulator.requests()).toEqual([]);
  });

  it.each<[string, (e: Emulator) => { [name: string]: string | undefined }, (e: Emulator) => string]>([
    [
      "an access key",
      ({ accessKey, secretKey }) => ({
        OS_ACCESS_KEY: accessKey,
        OS_SECRET_KEY: secretKey,
        OS_USERNAME: undefined,
        OS_PASSWORD: undefined,
      }),
      ({ domainName }) => `an access key of domain ${domainName}`,
    ],
    [
      "an agency",
      ({ agencyName, agencyDomainName, agencyProjectName }) => ({
        OS_AGENCY_NAME: agencyName,
        OS_AGENCY_DOMAIN_NAME: agencyDomainName,
        OS_DELEGATED_PROJECT: agencyProjectName,
      }),
      ({ username, domainName, agencyName, agencyDomainName }) =>
        `user ${username} of domain ${domainName}, as agency ${agencyName} of domain ${agencyDomainName}`,
    ],
  ])("says who %s is", async (_, changed, who) => {
    const { exitCode, stdout } = await run(["doctor"], changed(emulator));
    expect(stdout).toMatch(new RegExp(`^ok +login +${who(emulator)}$`, "m"));
    expect(stdout).not.toContain(emulator.secretKey);
    expect(exitCode).toBe(0);
  });

  it("compares, and writes the replies to a file", async () => {
    emulator.addTask({ name: "restart", progress: inProgress });
    const { exitCode, stdout, stderr } = await run(["doctor", emulator.instanceId, "--compare"]);
    expect(stdout.match(/^ok +assumed: /gm)).toHaveLength(9);
    expect(stderr).toContain("are in otc-background-task-replies.json");
    const file = readFileSync(path.join(folder, "otc-background-task-replies.json"), "utf8");
    expect(file).not.toContain(emulator.instanceId);
    expect(exitCode).toBe(0);
    expect((await run(["doctor", emulator.instanceId, "--compare", "--output", "no/file"])).exitCode).toBe(3);
  });
});

describe("emulator", () => {
  it("serves until it is interrupted, and tells the environment", async () => {
    const command = start(["emulator", "--env", "--quiet"]);
    await command.printed(/export OS_AUTH_URL='http:\/\/127\.0\.0\.1:\d+\/v3'/);
    await command.printed(/export OTC_INSTANCE_ID=/);
    const [, authUrl] = /OS_AUTH_URL='([^']*)'/.exec(command.output())!;
    expect((await run(["doctor"], { OS_AUTH_URL: authUrl })).exitCode).toBe(1); // this emulator's password is another's
    command.interrupt();
    expect((await command.finished).exitCode).toBe(0);
  });

  it("says what is wrong with its options", async () => {
    const { exitCode, stderr } = await run(["emulator", "--prot", "80"]);
    expect(stderr).toMatch(/^error: Unknown option '--prot'/);
    expect(exitCode).toBe(3);
  });
});

// `npm run demo`: a real `pulumi up` of examples/bind-public-ip against the emulator, a second one, and a destroy;
// with `--without-wait` the same program without its BackgroundTask; with `--policy` examples/policy-pack with its pack.
// Exits with 1 if it did not see what it should.
import path from "node:path";
import { parseArgs } from "node:util";
import { startEmulator } from "../emulator/index";
import { findOrInstallEngine, NoEngineError } from "../engine/finding/findOrInstallEngine";
import { HermeticStack } from "../engine/hermeticStack";
import { repositoryRoot } from "../engine/repositoryRoot";
import { DemoReport, type Observation, type Scene } from "./demoReport";
import { createdTypes, waitedForTheTask } from "./demoEvidence";
import { showPolicies } from "./demoPolicies";

const bindSeconds = 8;

/** A demo: an example's program with a configuration, and what is shown of it. */
interface Demo {
  example: string;
  config?: Record<string, string>;
  show(scene: Scene): Promise<void>;
}

const demos = {
  wait: { example: "bind-public-ip", show: showWait },
  "without-wait": { example: "bind-public-ip", config: { "bind-public-ip:wait": "false" }, show: showWithoutWait },
  policy: { example: "policy-pack", show: showPolicies },
} satisfies Record<string, Demo>;

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { "without-wait": { type: "boolean" }, policy: { type: "boolean" } } });
  const demo: Demo = demos[values.policy ? "policy" : values["without-wait"] ? "without-wait" : "wait"];
  const engine = await findOrInstallEngine();
  console.log(engine.route);

  const emulator = await startEmulator({
    operations: {
      bindInstancePublicIp: [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: bindSeconds }],
    },
  });
  console.log(`Emulator of the service: ${emulator.url}, where binding a public IP takes ${bindSeconds} s.`);
  let stack: HermeticStack | undefined;
  try {
    stack = await HermeticStack.create({
      programDir: path.join(repositoryRoot, "examples", demo.example),
      env: emulator.env,
      config: demo.config ?? {},
    });
    const report = new DemoReport(() => Object.values(emulator.counts()).reduce((sum, count) => sum + count, 0));
    await demo.show({ emulator, stack, report });
    return report.print();
  } finally {
    await stack?.dispose();
    await emulator.close();
  }
}

async function showWait({ emulator, stack, report }: Scene): Promise<void> {
  await report.step("pulumi up", "bind a public IP, wait for the background task, then use the address", async () => {
    const { exitCode } = await stack.up({ inherit: true });
    return exitCode === 0 ? waitedForTheTask(emulator) : { unexpected: `exit code ${exitCode}` };
  });
  await report.step("pulumi up", "again, with nothing to do", async (requests) => {
    const { exitCode } = await stack.up({ inherit: true, args: ["--expect-no-changes"] });
    if (exitCode !== 0) return { unexpected: `exit code ${exitCode}` };
    const sent = requests();
    return sent === 0 ? { seen: "no change and no request sent" } : { unexpected: `${sent} requests sent` };
  });
  await report.step("pulumi destroy", "remove everything", () => destroyed(stack));
}

async function showWithoutWait({ stack, report }: Scene): Promise<void> {
  await report.step("pulumi up", "bind a public IP, then use the address without waiting", async () => {
    const { exitCode } = await stack.up({ inherit: true });
    const created = createdTypes(await stack.exportState());
    if (exitCode === 0 || created.includes("PublicAddress")) return { unexpected: "the dependent did not fail" };
    if (!created.includes("PublicIpBinding")) return { unexpected: "the binding itself failed" };
    return { seen: "the binding was created and its dependent failed, because the bind had only started" };
  });
  await report.step("pulumi destroy", "remove what was created", () => destroyed(stack));
}

async function destroyed(stack: HermeticStack): Promise<Observation> {
  const { exitCode } = await stack.destroy({ inherit: true });
  const left = createdTypes(await stack.exportState());
  if (exitCode !== 0 || left.length > 0) return { unexpected: `exit code ${exitCode}, ${left.length} resources left` };
  return { seen: "nothing left" };
}

// The CLI gets the terminal's Ctrl-C itself; we stay to see it end, and tidy up.
process.on("SIGINT", () => undefined);

main().then(
  (asExpected) => (process.exitCode = asExpected ? 0 : 1),
  (error: unknown) => {
    const plain = error instanceof NoEngineError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
    console.error(plain ? (error as Error).message : error);
    process.exitCode = 1;
  },
);

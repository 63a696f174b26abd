import { Command, CommanderError, Option } from "commander";
import { logLine } from "../../provider/output/secrets";
import { TaskFailedError, WaitTimedOutError } from "../../provider/task/errors";
import { cloudProviders } from "../../provider/task/cloudProviders";
import { defaultService, serviceNames } from "../../provider/task/services";
import { ownPackage } from "../surroundings/ownPackage";
import { inCommandWords } from "../terminal/commandWords";
import { exitCodeOf, exitCodes, interrupted, UsageError } from "../terminal/exitCodes";
import { jsonOf, type Output, outputOf } from "../terminal/output";
import { type DoctorOptions, examine } from "./doctor";
import { listTasks, type TasksOptions } from "./tasks";
import { type WaitCommandOptions, waitForTask } from "./wait";

const places = [
  new Option("--service <service>", `one of ${serviceNames.join(", ")}`).default(defaultService),
  new Option("--stack <stack>", "read the configuration of this stack of the program in the working folder, too"),
  new Option("--cloud-provider <name>", "whose settings are used; default: the cloud whose settings are set").choices(
    cloudProviders,
  ),
  new Option("--cloud <name>", "an entry of clouds.yaml, which then takes precedence"),
  new Option("--region <name>", "the region"),
  new Option("--project <id>", "the project's id"),
  new Option("--endpoint <url>", "the API's address"),
  new Option("--json", "print the result as JSON"),
];

/** Runs one command, and resolves with the code to exit with. It prints every error itself. */
export async function runCommand(args: string[]): Promise<number> {
  const output = outputOf(process);
  const given = new AbortController();
  const interrupt = () => given.abort(interrupted);
  const signals = ["SIGINT", "SIGTERM"] as const;
  const listen = () => signals.forEach((signal) => process.once(signal, interrupt));
  try {
    return await parse(args, output, listen, given.signal);
  } finally {
    signals.forEach((signal) => process.removeListener(signal, interrupt));
    output.close();
  }
}

async function parse(args: string[], output: Output, listen: () => void, signal: AbortSignal): Promise<number> {
  let code: number = exitCodes.succeeded;
  const program = new Command("pulumi-otc-background-task")
    .description("Background tasks of DMS and DCS in Open Telekom Cloud and Huawei Cloud, without a Pulumi program.")
    .version(ownPackage().version)
    .exitOverride()
    .enablePositionalOptions()
    .addHelpText("after", exitCodeHelp);

  /** A command whose result is `run`'s, unless that rejects. */
  const define = (usage: string, description: string) => {
    const command = program.command(usage).description(description);
    places.forEach((option) => command.addOption(option));
    return command;
  };
  const run = async (options: { json?: boolean }, work: () => Promise<number | void>) => {
    listen();
    try {
      code = (await work()) ?? exitCodes.succeeded;
    } catch (error) {
      code = report(error, output, options.json === true);
    }
  };

  define("tasks", "list an instance's background tasks, newest first")
    .argument("<instance>", "the instance's id")
    .option("--name <name>", "only tasks of exactly this name")
    .option("--status <status>", "only tasks of exactly this status")
    .option("--since <time>", "only tasks that began then or later: 2h, or 2026-01-31T08:00:00Z")
    .option("--timeout <duration>", "how long requests may be retried", "1m")
    .action((instance: string, options: TasksOptions) =>
      run(options, () => listTasks(instance, options, output, signal)),
    );
  define("wait", "wait until a background task has ended; 0: it succeeded, 1: it failed, 2: it has not ended in time")
    .argument("<instance>", "the instance's id")
    .argument("[task]", "the task's id, or a job id that an operation returned")
    .option("--name <name>", "instead of the id: the newest task of exactly this name that began since --since")
    .option("--since <time>", "2h, or 2026-01-31T08:00:00Z")
    .option("--timeout <duration>", "how long to wait", "30m")
    .option("--appear-timeout <duration>", "how long a task that is not there yet may take to appear", "60s")
    .action((instance: string, task: string | undefined, options: WaitCommandOptions) =>
      run(options, () => waitForTask(instance, task, options, output, signal)),
    );
  define("doctor", "check the settings, the login, the clocks, the permissions and the versions")
    .argument("[instance]", "an instance's id: is it found, and may its tasks be listed and shown?")
    .option("--compare", "compare the service's replies with what this package assumes; only reads")
    .option("--output <file>", "where --compare writes the replies, made anonymous", "otc-background-task-replies.json")
    .action((instance: string | undefined, options: DoctorOptions) =>
      run(options, () => examine(instance, options, output, signal)),
    );
  program
    .command("emulator")
    .description("serve DMS, DCS and IAM on this machine, for demos and tests; --help lists its options")
    .argument("[options...]")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (options: string[]) => {
      // Only this command needs the server. It serves until it is interrupted.
      const { runEmulator } = await import("../../emulator/command.js");
      await runEmulator(options).catch((error: unknown) => {
        code = report(new UsageError((error as Error).message), output, false);
      });
    });

  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    // It has printed the fault, the help or the version. Without a command, it prints the help as a fault.
    return error.exitCode === 0 ? exitCodes.succeeded : exitCodes.stopped;
  }
  return code;
}

/** Prints an error, and returns the code for it. */
function report(error: unknown, output: Output, asJson: boolean): number {
  const code = exitCodeOf(error);
  const isDefect = code === exitCodes.defect;
  const message = inCommandWords((error as Error).message);
  if (asJson) {
    const { name } = error as Error;
    const task = error instanceof TaskFailedError ? { task: error.task } : {};
    output.result(jsonOf({ outcome: outcomeOf(error), ...task, error: { name, message } }));
  }
  if (error === interrupted) {
    output.tell("interrupted: the service keeps working on its tasks");
  } else if (isDefect) {
    // What nobody foresaw may quote anything: secrets are masked in it, too.
    const trace = ((error as Error).stack ?? message).split("\n").map(logLine);
    output.tell(["This is a defect of pulumi-otc-background-task; please report it.", ...trace].join("\n"));
  } else {
    output.tell(`error: ${message}`);
  }
  return code;
}

function outcomeOf(error: unknown): string {
  return error instanceof TaskFailedError
    ? "failed"
    : error instanceof WaitTimedOutError
      ? "timedOut"
      : error === interrupted
        ? "interrupted"
        : "unknown";
}

const exitCodeHelp = `
Exit codes: 0 succeeded; 1 the task failed, or doctor found a fault; 2 timed out; 3 usage, settings, refused, not found or
unreachable; 70 a defect of this command; 130 interrupted.

Settings come from the environment (OS_* or HW_*) and clouds.yaml, and with --stack from a stack's configuration.`;

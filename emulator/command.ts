// One line of JSON on stdout tells where the service is, everything else goes to stderr.
import { parseArgs } from "node:util";
import { shellLines } from "./service/connection";
import { startEmulator } from "./startEmulator";

const HELP = `Serves DMS, DCS and IAM of Open Telekom Cloud and Huawei Cloud on 127.0.0.1, for demos and tests, until interrupted.
Prints one line of JSON: where it is, how to log in, and the environment (env) to run a program against it.

  --port N                    port; 0, the default, takes a free one
  --env                       print the environment as lines for a shell instead of the JSON
  --cloud-provider NAME       whose names --env prints: opentelekomcloud (default), or huaweicloud
  --region NAME               default eu-de, or eu-west-101 with --cloud-provider huaweicloud
  --bind-seconds N            how long binding or unbinding a public IP takes; default 3
  --token-lifetime-seconds N  how long a token lives; default 86400
  --unknown-task STATUS       200 (default), 400 or 404: the reply for a task id that does not exist
  --quiet                     no line per request on stderr
  --help
`;

function numberFlag(name: string, text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new Error(`--${name} must be a number, but is ${text}`);
  }
  return Number(text);
}

/** Serves until the process is interrupted; rejects if the arguments are not as the help says. */
export async function runEmulator(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      env: { type: "boolean" },
      "cloud-provider": { type: "string", default: "opentelekomcloud" },
      region: { type: "string" },
      "bind-seconds": { type: "string" },
      "token-lifetime-seconds": { type: "string" },
      "unknown-task": { type: "string" },
      quiet: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => process.exit(0));
  }
  const cloudProvider = values["cloud-provider"];
  if (!["opentelekomcloud", "huaweicloud"].includes(cloudProvider)) {
    throw new Error(`--cloud-provider must be opentelekomcloud or huaweicloud, but is ${cloudProvider}`);
  }
  const isHuawei = cloudProvider === "huaweicloud";
  const bindSeconds = numberFlag("bind-seconds", values["bind-seconds"]) ?? 3;
  const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: bindSeconds }];
  const emulator = await startEmulator({
    port: numberFlag("port", values.port),
    region: values.region ?? (isHuawei ? "eu-west-101" : undefined),
    tokenLifetimeSeconds: numberFlag("token-lifetime-seconds", values["token-lifetime-seconds"]),
    unknownTask: numberFlag("unknown-task", values["unknown-task"]) as 200 | 400 | 404 | undefined, // checked there
    operations: { bindInstancePublicIp: progress, unbindInstancePublicIp: progress },
    log: values.quiet === true ? undefined : (line) => process.stderr.write(`${line}\n`),
  });
  const env = isHuawei ? emulator.huaweiEnv : emulator.env;
  process.stdout.write(values.env === true ? shellLines(env) : `${JSON.stringify({ version: 1, ...emulator })}\n`);
}

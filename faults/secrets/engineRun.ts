import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { HermeticStack } from "../../engine/hermeticStack";
import { documentedAnswer, loginRouteOf, type Issued } from "../answers/logins";
import { RecordingServer } from "../answers/recordingServer";
import { encodings } from "./encodings";

/** Credentials, and the secrets among them by what they are. */
export interface EngineAccount {
  name: string;
  secrets: { [what: string]: string };
  /** A secret that this process is not given to use, so that no echo of it can be masked. It must not come out by itself. */
  unused?: { [what: string]: string };
  variables: (url: string) => { [name: string]: string };
  issued: Issued;
}

export const waysOutOfEngine = [
  "errors of resources",
  "an error of a function",
  "violations",
  "state",
  "files",
] as const;

export type EngineTexts = { [way in (typeof waysOutOfEngine)[number]]: string };

// A resource's create, a function and a policy each meet an echo in each encoding. The instance's id says in which.
const program = `
const pulumi = require("@pulumi/pulumi");
const { BackgroundTask, getBackgroundTaskOutput } = require("pulumi-otc-background-task");
const config = new pulumi.Config();
const create = async () => ({ id: "topic", outs: {} });
class Topic extends pulumi.dynamic.Resource {
  constructor(name, inputs) { super({ create }, name, inputs, undefined, "test", "Topic"); }
}
const taskId = "task";
for (let i = 0; i < ${Object.keys(encodings).length}; i++) {
  const instanceId = "echo-" + i;
  if (config.get("mode") === "resources") new BackgroundTask("task-" + i, { instanceId, taskId, timeoutSeconds: 20 });
  if (config.get("mode") === "policies") new Topic("topic-" + i, { instanceId });
}
if (config.get("mode") === "function") exports.status = getBackgroundTaskOutput({ instanceId: "echo-0", taskId }).status;
`;

const pack = `
const { BackgroundTaskPolicyPack } = require("pulumi-otc-background-task/policy");
const resources = [{ type: "pulumi-nodejs:dynamic/test:Topic", property: "instanceId" }];
new BackgroundTaskPolicyPack({ all: "disabled", instanceQuietBeforeChange: { enforcementLevel: "mandatory", resources } });
`;

/** Updates of a real engine against a service that echoes the account's secrets: everything that came out of them. */
export async function runEngine({ secrets, variables, issued }: EngineAccount): Promise<EngineTexts> {
  const echoes = Object.values(encodings).map((encode) => Object.values(secrets).map(encode).join(" | "));
  const server = await RecordingServer.start((request) => {
    const route = loginRouteOf(request);
    if (route) return documentedAnswer(route, server.url, "5a1e0c7d93b64f28b0d7f6e4a2c81935", issued);
    const [, number] = /\/echo-(\d+)\//.exec(request.target) ?? [];
    return { status: 403, body: { error_code: "DMS.00403002", error_msg: `no: ${echoes[Number(number)]}` } };
  });
  const temporary = await mkdtemp(path.join(tmpdir(), "faults-secrets-"));
  let stack: HermeticStack | undefined;
  try {
    const env = { ...variables(server.url), PULUMI_OTC_DEBUG: "1", TMPDIR: temporary };
    stack = await HermeticStack.create({ files: { "index.js": program }, env });
    const failingUp = async (mode: string, args: string[]) => {
      await stack!.setConfig("program:mode", mode);
      const logged = ["--logtostderr", "-v=3", "--parallel", "32", "--continue-on-error"];
      const { exitCode, stdout, stderr } = await stack!.up({ args: [...args, ...logged] });
      const printed = stdout + stderr;
      if (exitCode === 0 || !printed.includes("no: ***"))
        throw new Error(`the update met no echo: ${printed.slice(-2000)}`);
      return printed;
    };
    const ofResources = await failingUp("resources", []);
    const state = JSON.stringify(await stack.exportState());
    const ofFunction = await failingUp("function", []);
    const violations = await failingUp("policies", await stack.policyPack({ files: { "index.js": pack } }));
    return {
      "errors of resources": ofResources,
      "an error of a function": ofFunction,
      violations,
      state: state + JSON.stringify(await stack.exportState()),
      files: (await textOf(path.dirname(stack.programDir))) + (await textOf(temporary)),
    };
  } finally {
    await stack?.dispose();
    await server.close();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Everything that is in the files of a folder, links apart. */
async function textOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((file) => readFile(path.join(file.parentPath, file.name))));
  return texts.map(String).join("\n");
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import * as services from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ListeningEngine, type LogMessage } from "./listeningEngine";

/** The text of the provider that states hold. */
export const providerText = readFileSync(path.join(__dirname, "..", "recordings", "provider-text.js.txt"), "utf8");

type Client = InstanceType<typeof services.ResourceProviderClient>;

type Inputs = { [name: string]: unknown };

export const propertiesOf = (fields: object) => Struct.fromJavaScript({ __provider: providerText, ...fields });

/** A provider process that runs as under an engine, in a folder in which our package is installed. */
export class StartedProvider {
  private printedText = "";
  private constructor(
    readonly child: ChildProcess,
    private readonly client: Client,
    readonly engine: ListeningEngine,
  ) {
    child.stderr!.setEncoding("utf8").on("data", (text: string) => (this.printedText += text));
  }

  /** Starts it in a program's folder, with the configuration, whose keys are of the namespace `opentelekomcloud` unless they have one. */
  static async start(
    cwd: string,
    config: { [key: string]: string },
    env: { [name: string]: string },
  ): Promise<StartedProvider> {
    const engine = new ListeningEngine();
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const own = Object.entries(process.env).filter(([name]) => !/^OS_|_PROXY$/i.test(name));
    const child = spawn(process.execPath, [script, await engine.listen()], {
      cwd,
      // Nothing of the user's own clouds.yaml.
      env: { ...Object.fromEntries(own), HOME: cwd, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [port] = (await once(child.stdout, "data")) as [Buffer];
    const address = `127.0.0.1:${String(port).trim()}`;
    const client = new services.ResourceProviderClient(address, grpc.credentials.createInsecure());
    const started = new StartedProvider(child, client, engine);
    const request = new messages.ConfigureRequest();
    const keys = Object.entries(config).map(([key, value]): [string, string] => [
      key.includes(":") ? key : `opentelekomcloud:${key}`,
      value,
    ]);
    request.setArgs(Struct.fromJavaScript(Object.fromEntries(keys)));
    await started.call("configure", request);
    return started;
  }

  /** Calls a method and resolves with its reply. */
  readonly call = <Reply>(method: string, request: object): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const send = this.client[method as keyof Client] as (
        request: object,
        done: (error: Error | null, reply: Reply) => void,
      ) => void;
      send.call(this.client, request, (error, reply) => (error ? reject(error) : resolve(reply)));
    });

  /** The outputs of a resource that is created. */
  async create(inputs: Inputs): Promise<Inputs> {
    const request = new messages.CreateRequest();
    request.setProperties(propertiesOf(inputs));
    return (await this.call<messages.CreateResponse>("create", request)).getProperties()!.toJavaScript();
  }

  /** What the process wrote to stderr so far. */
  get printed(): string {
    return this.printedText;
  }

  /** What it told the engine so far. */
  get messages(): LogMessage[] {
    return this.engine.messages;
  }

  stop(): void {
    this.child.kill("SIGKILL");
    this.engine.close();
  }
}

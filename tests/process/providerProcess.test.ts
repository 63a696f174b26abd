import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import * as services from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Emulator, startEmulator } from "../../emulator";
import { writeProgram } from "../../engine/programFolder";

// Starting a process takes seconds where the machine is busy.
jest.setTimeout(60_000);

// The real provider process, spoken to as the engine does, with the text of the provider that states hold.

const providerText = readFileSync(path.join(__dirname, "..", "recordings", "provider-text.js.txt"), "utf8");

type Client = InstanceType<typeof services.ResourceProviderClient>;

interface Provider {
  child: ChildProcess;
  /** Calls a method and resolves with its reply. */
  call<Reply>(method: string, request: object): Promise<Reply>;
  /** Stands for the engine, as far as the provider looks for it: something that listens. */
  engine: Server;
}

let emulator: Emulator;
let folder: string;
let provider: Provider | undefined;

beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(path.join(tmpdir(), "provider-process-"));
});

afterEach(async () => {
  provider?.child.kill("SIGKILL");
  provider?.engine.close();
  provider = undefined;
  await emulator.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

async function start(config: { [key: string]: string }, env: { [name: string]: string }): Promise<Provider> {
  const cwd = await writeProgram({ files: { "index.js": "" } }, folder);
  const engine = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(engine, "listening");
  const address = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OS_")));
  const child = spawn(process.execPath, [script, address], {
    cwd,
    env: { ...own, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const client = new services.ResourceProviderClient(
    `127.0.0.1:${String(port).trim()}`,
    grpc.credentials.createInsecure(),
  );
  const call = <Reply>(method: string, request: object) =>
    new Promise<Reply>((resolve, reject) => {
      const send = client[method as keyof Client] as (
        request: object,
        done: (error: Error | null, reply: Reply) => void,
      ) => void;
      send.call(client, request, (error, reply) => (error ? reject(error) : resolve(reply)));
    });
  const configure = new messages.ConfigureRequest();
  configure.setArgs(Struct.fromJavaScript(config));
  await call("configure", configure);
  return (provider = { child, call, engine });
}

const properties = (fields: object) => Struct.fromJavaScript({ __provider: providerText, ...fields });

const create = ({ call }: Provider, inputs: object) => {
  const request = new messages.CreateRequest();
  request.setProperties(properties(inputs));
  return call<messages.CreateResponse>("create", request);
};

/** The details of a resource that was recorded as not initialised. */
function initFailure(error: unknown) {
  const [packed] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin") as Buffer[];
  const [detail] = Status.deserializeBinary(packed!).getDetailsList();
  return messages.ErrorResourceInitFailed.deserializeBinary(detail!.getValue_asU8());
}

describe("the provider process", () => {
  it.each(["environment", "configuration"])("waits with the settings of the %s", async (source) => {
    const { OS_USERNAME, OS_PASSWORD, ...others } = emulator.env as { OS_USERNAME: string; OS_PASSWORD: string };
    const started =
      source === "environment"
        ? await start({}, emulator.env)
        : await start({ "opentelekomcloud:userName": OS_USERNAME, "opentelekomcloud:password": OS_PASSWORD }, others);
    const { taskId } = emulator.addTask({
      name: "restart",
      progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 1 }],
    });

    const reply = await create(started, { instanceId: emulator.instanceId, taskId });

    expect(reply.getId()).toBe(`kafka/${emulator.projectId}/${emulator.instanceId}/${taskId}`);
    expect(reply.getProperties()!.toJavaScript()).toMatchObject({
      taskId,
      status: "SUCCESS",
      __provider: providerText,
    });
  });

  it("returns what is wrong with the inputs, without a request", async () => {
    const { call } = await start({}, emulator.env);
    const request = new messages.CheckRequest();
    request.setOlds(properties({}));
    request.setNews(properties({ instanceId: "", taskId: "t" }));
    const reply = await call<messages.CheckResponse>("check", request);
    const failures = reply.getFailuresList().map((failure) => [failure.getProperty(), failure.getReason()]);
    expect(failures).toEqual([["instanceId", "instanceId must not be empty"]]);
    expect(emulator.requests()).toEqual([]);
  });

  it("records a failed task with its id, its message, and the text without which it could not be destroyed", async () => {
    const started = await start({}, emulator.env);
    const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
    const error = await create(started, { instanceId: emulator.instanceId, taskId }).catch((thrown: unknown) => thrown);
    const failure = initFailure(error);
    expect(failure.getId()).toContain(taskId);
    expect(failure.getReasonsList()).toEqual([expect.stringContaining("ended with status FAILED")]);
    expect(failure.getProperties()!.toJavaScript()).toMatchObject({ status: "FAILED", __provider: providerText });
  });

  it("ends itself within ten seconds after the engine is gone", async () => {
    const started = await start({}, emulator.env);
    const { taskId } = emulator.addTask({ name: "restart" });
    void create(started, { instanceId: emulator.instanceId, taskId }).catch(() => undefined);
    while (!emulator.counts()["showTask"]) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const goneMs = performance.now();
    started.engine.close();
    await once(started.child, "exit");
    expect(performance.now() - goneMs).toBeLessThan(10_000);
  });
});

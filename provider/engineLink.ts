import { createRequire } from "node:module";
import * as net from "node:net";
import { WaitAbortedError } from "./errors";
import type { ProgressSink } from "./progressReport";

// A dynamic provider's process is told the engine's address as its first argument, and nothing else of the engine: there
// `pulumi.log` only prints. With the address, a message can be put on the row of the resource that it is about.

type Severity = "info" | "warning";

interface EngineClient {
  log(request: object, done: (error: unknown) => void): void;
}

const engineAddress = process.argv[2] ?? "";

let client: { log(message: string, urn: string, severity: Severity, isEphemeral: boolean): void } | undefined;

function connect(): NonNullable<typeof client> {
  // These are parts of @pulumi/pulumi and of what it depends on; our own package may not see the latter by name.
  const requireOfPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const grpc = requireOfPulumi("@grpc/grpc-js") as { credentials: { createInsecure(): unknown } };
  const messages = requireOfPulumi("./proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb");
  const services = requireOfPulumi("./proto/engine_grpc_pb") as {
    EngineClient: new (address: string, credentials: unknown) => EngineClient;
  };
  const engine = new services.EngineClient(engineAddress, grpc.credentials.createInsecure());
  const severities = { info: messages.LogSeverity.INFO, warning: messages.LogSeverity.WARNING };
  return {
    log(message, urn, severity, isEphemeral) {
      const request = new messages.LogRequest();
      request.setSeverity(severities[severity]);
      request.setMessage(message);
      request.setUrn(urn);
      request.setEphemeral(isEphemeral);
      engine.log(request, () => undefined);
    },
  };
}

/** Puts messages on the row of the resource with this URN. A message that cannot be delivered is dropped. */
export function rowOf(urn: string | undefined): ProgressSink {
  const log = (message: string, severity: Severity, isEphemeral: boolean) => {
    if (urn === undefined || !engineAddress) {
      return;
    }
    try {
      (client ??= connect()).log(message, urn, severity, isEphemeral);
    } catch {
      // Another layout of the SDK: the wait goes on without its row.
    }
  };
  return {
    show: (message) => log(message, "info", true),
    keep: (message) => log(message, "info", false),
    warn: (message) => log(message, "warning", false),
  };
}

const checkEveryMs = 2000;

/**
 * Runs `wait` with a signal that is aborted when the engine is gone: a killed engine takes its provider process with it
 * late or never, and nobody is left to hear the outcome.
 */
export async function whileEngineLives<T>(wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const gone = new AbortController();
  let failures = 0;
  const timer = setInterval(() => {
    void isListening(engineAddress).then((listening) => {
      failures = listening ? 0 : failures + 1;
      // Twice running, since an engine under load may be slow to accept.
      if (failures >= 2) {
        gone.abort(
          new WaitAbortedError("the Pulumi engine is gone, so the wait was given up; run the update again to resume."),
        );
      }
    });
  }, checkEveryMs);
  try {
    return await wait(gone.signal);
  } finally {
    clearInterval(timer);
  }
}

function isListening(address: string): Promise<boolean> {
  const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? [];
  if (!host || !port) {
    // Not a provider process: there is no engine to miss.
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: Number(port) });
    const settle = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.setTimeout(checkEveryMs, () => settle(false));
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

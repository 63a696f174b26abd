import { createRequire } from "node:module";
import * as net from "node:net";
import { type ProgressSink, withProgressOn } from "../wait/progressReport";
import type { WaitListener } from "../wait/waiter";
import { parseEngineAddress } from "./engineAddress";
import { untilCancelled } from "./engineCancel";

// The first argument of a dynamic provider's process is the engine's address. `pulumi.log` only prints there; with the
// address, a message can be shown on the row of its resource.

type Severity = "debug" | "info" | "warning";

interface EngineClient {
  log(request: object, options: { deadline: number }, done: (error: unknown) => void): void;
}

const engineAddress = process.argv[2] ?? "";

// A wait that has ended waits no longer for its last message to arrive.
const deliveryMs = 1000;

interface Connection {
  /** Resolves when the message has arrived, or could not be delivered. */
  log(message: string, urn: string, severity: Severity, isEphemeral: boolean): Promise<void>;
}

let connection: Connection | undefined;

function connect(): Connection {
  // These are parts of @pulumi/pulumi and of its dependencies, which our own package may not find by name.
  const requireOfPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const grpc = requireOfPulumi("@grpc/grpc-js") as { credentials: { createInsecure(): unknown } };
  const messages = requireOfPulumi("./proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb");
  const services = requireOfPulumi("./proto/engine_grpc_pb") as {
    EngineClient: new (address: string, credentials: unknown) => EngineClient;
  };
  const engine = new services.EngineClient(engineAddress, grpc.credentials.createInsecure());
  const severities = {
    debug: messages.LogSeverity.DEBUG,
    info: messages.LogSeverity.INFO,
    warning: messages.LogSeverity.WARNING,
  };
  return {
    log(message, urn, severity, isEphemeral) {
      const request = new messages.LogRequest();
      request.setSeverity(severities[severity]);
      request.setMessage(message);
      request.setUrn(urn);
      request.setEphemeral(isEphemeral);
      return new Promise((resolve) => engine.log(request, { deadline: Date.now() + deliveryMs }, () => resolve()));
    },
  };
}

/** Shows messages on the row of the resource with this URN. A message that cannot be delivered is dropped. */
export function rowOfResource(urn: string | undefined): ProgressSink {
  let delivered = Promise.resolve();
  // One after the other: the engine may take requests that are sent together in any order.
  const log = (message: string, severity: Severity, isEphemeral: boolean) => {
    delivered = delivered.then(() => deliver(message, urn, severity, isEphemeral));
    return delivered;
  };
  return {
    show: (message) => log(message, "info", true),
    keep: (message) => log(message, "info", false),
    warn: (message) => log(message, "warning", false),
    debug: (message) => log(message, "debug", false),
    countsSeconds: true,
  };
}

async function deliver(message: string, urn: string | undefined, severity: Severity, isEphemeral: boolean) {
  if (urn === undefined || !engineAddress) {
    return;
  }
  try {
    await (connection ??= connect()).log(message, urn, severity, isEphemeral);
  } catch {
    // The SDK has another layout: the wait continues without its row.
  }
}

const checkEveryMs = 2000;

let isWatching = false;

/**
 * Ends this process soon after the engine is gone, whatever it is doing. A killed engine would leave its provider processes
 * running forever, with waits whose outcomes nobody records; the next update resumes them.
 */
export function endWithEngine(): void {
  const engine = parseEngineAddress(engineAddress);
  if (isWatching || !engine) {
    // Without an address this is not a provider process, and there is no engine to watch.
    return;
  }
  isWatching = true;
  let wasThere = false;
  let failures = 0;
  const check = async () => {
    const isThere = await isListening(engine.host, engine.port);
    wasThere ||= isThere;
    failures = isThere ? 0 : failures + 1;
    // Twice in a row, because an engine under load may be slow to accept. If it never listened, it cannot be missed.
    if (wasThere && failures >= 2) {
      process.exit(1);
    }
    setTimeout(() => void check(), checkEveryMs).unref();
  };
  void check();
}

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const settle = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.setTimeout(checkEveryMs, () => settle(false));
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

/** A wait in the provider process: shown on the resource's row, and ended when the engine cancels the update. */
export async function withProgressOnRow<T>(
  resourceUrn: string | undefined,
  wait: (hooks: { listener: WaitListener; signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  return untilCancelled((signal) =>
    withProgressOn(rowOfResource(resourceUrn), (listener) => wait({ listener, signal })),
  );
}

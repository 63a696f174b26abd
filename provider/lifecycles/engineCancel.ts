import { subscribe } from "node:diagnostics_channel";
import type { EventEmitter } from "node:events";
import { debug } from "../output/log";
import { updateCancelled } from "../wait/outcome";

// The engine calls Cancel of each provider process at the first SIGINT or SIGTERM and when an update closes. The SDK's
// dynamic provider answers the call and does nothing else, so the process's own HTTP/2 server is where it can be heard.

const cancelPath = "/pulumirpc.ResourceProvider/Cancel";

interface StreamHeaders {
  [name: string]: unknown;
}

const waits = new Set<AbortController>();
let isCancelled = false;
let isListening = false;

/** From now on, the engine's Cancel ends all waits of this process. */
export function listenForCancel(): void {
  if (isListening) {
    return;
  }
  isListening = true;
  const hear = (headers: StreamHeaders | undefined) => {
    if (headers?.[":path"] === cancelPath) {
      cancelWaits();
    }
  };
  // Documented; Node.js publishes it from 22.23 on. Whether it does can't be asked, so the server is found as well.
  subscribe("http2.server.stream.start", (message) => hear((message as { headers?: StreamHeaders }).headers));
  const servers = http2Servers();
  servers.forEach((server) => server.on("stream", (_stream, headers: StreamHeaders) => hear(headers)));
  if (servers.length === 0) {
    debug(() => "no HTTP/2 server was found in this process: a Ctrl-C may not end its waits");
  }
}

/** Runs a wait whose signal is aborted by the engine's Cancel: at once, if that was before. */
export async function untilCancelled<T>(wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  if (isCancelled) {
    own.abort(updateCancelled);
  }
  waits.add(own);
  try {
    return await wait(own.signal);
  } finally {
    waits.delete(own);
  }
}

function cancelWaits(): void {
  isCancelled = true;
  for (const wait of waits) {
    wait.abort(updateCancelled);
  }
}

/** The servers of this process; empty if this Node.js does not list its handles. */
function http2Servers(): EventEmitter[] {
  const { _getActiveHandles: handles } = process as { _getActiveHandles?: () => object[] };
  return (handles?.call(process) ?? []).filter(
    ({ constructor }) => constructor?.name === "Http2Server",
  ) as EventEmitter[];
}

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came in; the target is what stood in its first line. */
export interface SeenRequest {
  method: string;
  target: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status: number;
  headers?: OutgoingHttpHeaders;
  /** Anything but text or bytes is sent as JSON. */
  body?: unknown;
}

/** A server on this machine that answers as it is told, and keeps each request. */
export class RecordingServer {
  requests: SeenRequest[] = [];

  private constructor(
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(answer: (request: SeenRequest) => Answer): Promise<RecordingServer> {
    const server = createServer((incoming, outgoing) => {
      void read(incoming).then((request) => {
        recording.requests.push(request);
        const { status, headers, body } = answer(request);
        outgoing.writeHead(status, { "Content-Type": "application/json", ...headers });
        outgoing.end(body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : textOf(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    const recording = new RecordingServer(`http://127.0.0.1:${port}`, close);
    return recording;
  }
}

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = "", url: target = "", headers } = incoming;
  return { method, target, headers, body: Buffer.concat(chunks).toString() };
}

function textOf(body: unknown): string {
  return JSON.stringify(body);
}

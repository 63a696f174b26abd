import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A process's worth of the service, as seen over the network: killed, it resets its connections and refuses new ones. */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private server?: Server;
  private port = 0;

  private constructor(private readonly targetPort: number) {}

  static async start(targetUrl: string): Promise<Relay> {
    const relay = new Relay(Number(new URL(targetUrl).port));
    await relay.restart();
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  kill(): void {
    this.server?.close();
    this.sockets.forEach((socket) => socket.resetAndDestroy());
    this.sockets.clear();
  }

  /** Listens where it did before. */
  async restart(): Promise<void> {
    const server = createServer((incoming) => {
      const outgoing = connect(this.targetPort, "127.0.0.1");
      for (const [socket, other] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        this.sockets.add(socket);
        socket.on("error", () => other.destroy());
        socket.on("close", () => this.sockets.delete(socket));
        socket.pipe(other);
      }
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.port, "127.0.0.1", resolve);
    });
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }
}

import * as http from "node:http";
import * as net from "node:net";

/** What a proxy does with a request for a tunnel; `nth` counts those for the same host, from 0. */
export type Tunnelling = (socket: net.Socket, open: () => void, nth: number) => void;

/** A proxy on this machine. What it does for a host is told by the host's first label, up to the first "-". */
export class FaultyProxy {
  private readonly asked = new Map<string, number>();
  private readonly sockets = new Set<net.Socket>();
  private readonly server = http.createServer({ keepAliveTimeout: 60_000 });

  private constructor(private readonly behaviours: ReadonlyMap<string, Tunnelling>) {
    this.server.on("connection", (socket) => this.keep(socket));
    this.server.on("connect", (request, socket) => this.tunnel(request.url!, socket as net.Socket));
    // A request in plain text, for it to forward: it wants to know from whom.
    this.server.on("request", (_request, response) => {
      response.writeHead(407, { "Proxy-Authenticate": "Basic" }).end();
    });
  }

  static async start(behaviours: ReadonlyMap<string, Tunnelling>): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(behaviours);
    await new Promise<void>((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as net.AddressInfo).port}`;
  }

  /** How often it was asked for a tunnel to this host. */
  tunnelsTo(host: string): number {
    return this.asked.get(host) ?? 0;
  }

  close(): void {
    this.server.close();
    this.sockets.forEach((socket) => socket.destroy());
  }

  private keep(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => this.sockets.delete(socket));
  }

  private tunnel(target: string, socket: net.Socket): void {
    const [host, port] = target.split(":") as [string, string];
    const nth = this.tunnelsTo(host);
    this.asked.set(host, nth + 1);
    const open = () => {
      const service = net.connect(Number(port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        service.pipe(socket).pipe(service);
      });
      this.keep(service);
      service.on("error", () => socket.destroy());
      service.on("close", () => socket.destroy());
      socket.on("close", () => service.destroy());
    };
    this.behaviours.get(host.split("-")[0]!)!(socket, open, nth);
  }
}

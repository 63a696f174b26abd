import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import { inspect } from "node:util";

/** A proxy on this machine that tunnels whatever it is asked for to one port. */
export interface ConnectProxy {
  port: number;
  /** What it was told: a line of each request, with its headers. */
  seen: string[];
  /** How many clients are connected. */
  connections(): Promise<number>;
  close(): void;
}

export interface ProxyOptions {
  targetPort?: number;
  /** What it answers to CONNECT in place of a tunnel, byte for byte; "" for nothing ever. */
  answer?: string;
  /** What makes it speak TLS itself. */
  certificate?: { key: string; cert: string };
}

export async function startConnectProxy({ targetPort, answer, certificate }: ProxyOptions): Promise<ConnectProxy> {
  const seen: string[] = [];
  const sockets = new Set<net.Socket>();
  const serve: http.RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url} ${inspect(request.headers)}`);
    response.end("{}");
  };
  const proxy = certificate ? https.createServer(certificate, serve) : http.createServer(serve);
  proxy.on("connection", (socket: net.Socket) => sockets.add(socket));
  proxy.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
    seen.push(`CONNECT ${request.url} ${inspect(request.headers)}`);
    socket.on("error", () => undefined);
    if (answer !== undefined) {
      socket.resume().on("end", () => socket.end());
      if (answer !== "") {
        socket.end(answer);
      }
      return;
    }
    const target = net.connect(targetPort!, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    sockets.add(target);
    target.on("error", () => socket.destroy());
    target.on("close", () => socket.destroy());
    socket.on("close", () => target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    port: (proxy.address() as net.AddressInfo).port,
    seen,
    connections: () => new Promise((resolve) => proxy.getConnections((_error, count) => resolve(count))),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      proxy.close();
    },
  };
}

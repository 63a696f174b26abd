import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";

/** What a request is about. A login and everything else that is not about an instance is `other`. */
type Route = "list" | "show" | "instance" | "other";

/** One request, and all ways to answer it: as HTTP, or by what happens to its connection. */
export interface Exchange {
  request: http.IncomingMessage;
  response: http.ServerResponse;
  socket: net.Socket;
  route: Route;
  /** How many requests about tasks came before; of other routes, how many of these. */
  nth: number;
  /** From the path. */
  instanceId?: string;
  service: FaultyService;
}

/** Answers a request, badly or well, or not at all. */
export type Reply = (exchange: Exchange) => void;

/** What was asked, and when. */
export interface SeenRequest {
  atMs: number;
  method: string;
  path: string;
  route: Route;
}

export interface ServiceOptions {
  /** Speaks TLS with these. Default: plain http. */
  tls?: https.ServerOptions;
  /** Instead of an HTTP server: gets each connection. `serve` passes one on to the HTTP server. */
  connect?: (socket: net.Socket, nth: number, serve: (socket: net.Socket) => void) => void;
}

/** A service on 127.0.0.1 whose replies are chosen per request. It knows what was asked, and by how many sockets. */
export class FaultyService {
  readonly requests: SeenRequest[] = [];
  /** Connections that are open, and the most that were at a time. */
  sockets = 0;
  mostSockets = 0;
  /** Connections so far. */
  connections = 0;
  /** Requests that have neither been answered nor given up. */
  inFlight = 0;
  port = 0;
  private readonly counts = { tasks: 0, other: 0 };
  private readonly open = new Set<net.Socket>();
  private listener?: net.Server;

  private constructor(
    public answer: Reply,
    private readonly options: ServiceOptions,
  ) {}

  static async start(answer: Reply, options: ServiceOptions = {}): Promise<FaultyService> {
    const service = new FaultyService(answer, options);
    await service.listen();
    return service;
  }

  /** Listens on the port, again if it had gone. */
  listen(): Promise<void> {
    const { tls, connect } = this.options;
    const onRequest: http.RequestListener = (request, response) => this.serve(request, response);
    // Longer than any pause between two looks, unless a reply says otherwise.
    const kept = { keepAliveTimeout: 60_000 };
    const server = tls ? https.createServer({ ...tls, ...kept }, onRequest) : http.createServer(kept, onRequest);
    const serve = (socket: net.Socket) => void server.emit("connection", socket);
    const listener = connect ? net.createServer((socket) => connect(socket, this.connections, serve)) : server;
    listener.prependListener("connection", (socket: net.Socket) => this.count(socket));
    server.on("tlsClientError", () => undefined);
    this.listener = listener;
    return new Promise((resolve, reject) => {
      listener.once("error", reject);
      listener.listen({ port: this.port, host: "127.0.0.1", backlog: 4096 }, () => {
        this.port = (listener.address() as net.AddressInfo).port;
        resolve();
      });
    });
  }

  /** Listens again, unless it does. */
  async listenAgain(): Promise<void> {
    if (!this.listener?.listening) await this.listen();
  }

  /** Nobody listens any longer, and each connection is reset. */
  vanish(): void {
    this.listener?.close();
    this.open.forEach((socket) => socket.resetAndDestroy());
  }

  close(): void {
    this.listener?.close();
    this.open.forEach((socket) => socket.destroy());
  }

  /** Requests about tasks. */
  get looks(): SeenRequest[] {
    return this.requests.filter(({ route }) => route === "list" || route === "show");
  }

  private count(socket: net.Socket): void {
    this.connections++;
    this.sockets++;
    this.mostSockets = Math.max(this.mostSockets, this.sockets);
    this.open.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.sockets--;
      this.open.delete(socket);
    });
  }

  private serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method = "", url = "", socket } = request;
    const [, instanceId, tasks, taskId] =
      /^\/v2\/[^/]+\/instances\/([^/?]+)(?:(\/tasks)(?:\/([^/?]+))?)?/.exec(url) ?? [];
    const route = taskId ? "show" : tasks ? "list" : instanceId ? "instance" : "other";
    this.requests.push({ atMs: performance.now(), method, path: url, route });
    this.inFlight++;
    response.on("close", () => this.inFlight--);
    const nth = this.counts[route === "list" || route === "show" ? "tasks" : "other"]++;
    this.answer({ request, response, socket, route, nth, instanceId, service: this });
  }
}

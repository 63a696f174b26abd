import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** A server for each test of the file that answers nothing. */
export function silentServer() {
  let server: http.Server;

  beforeEach(async () => {
    server = http.createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    endpoint: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The next request that it gets. */
    nextRequest: async () => ((await once(server, "request")) as [http.IncomingMessage])[0],
  };
}

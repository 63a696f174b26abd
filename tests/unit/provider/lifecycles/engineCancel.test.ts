import { once } from "node:events";
import * as http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { listenForCancel, untilCancelled } from "../../../../provider/lifecycles/engineCancel";
import { updateCancelled } from "../../../../provider/wait/outcome";

// As in a provider process: the SDK's server is there before the process is configured.
const server = http2.createServer();
let client: http2.ClientHttp2Session;
beforeAll(async () => {
  server.on("stream", (stream) => {
    stream.respond({ ":status": 200 });
    stream.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function call(path: string): Promise<void> {
  const request = client.request({ ":path": path, ":method": "POST" });
  request.end();
  await once(request, "response");
  request.resume();
}

const reasons: unknown[] = [];
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => {
      reasons.push(signal.reason);
      reject(signal.reason as Error);
    }),
  );

it("the engine's Cancel, and no other call, ends the waits of the process, and those that start after it", async () => {
  listenForCancel();
  listenForCancel();
  expect(server.listenerCount("stream")).toBe(2);
  await expect(untilCancelled(async (signal) => signal.aborted)).resolves.toBe(false);
  const waits = [untilCancelled(untilAborted), untilCancelled(untilAborted)];
  const outcomes = Promise.allSettled(waits);

  await call("/pulumirpc.ResourceProvider/Create");
  expect(reasons).toEqual([]);
  await call("/pulumirpc.ResourceProvider/Cancel");
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(["rejected", "rejected"]);
  expect(reasons).toEqual([updateCancelled, updateCancelled]);

  await expect(untilCancelled(async (signal) => signal.reason as unknown)).resolves.toBe(updateCancelled);
});

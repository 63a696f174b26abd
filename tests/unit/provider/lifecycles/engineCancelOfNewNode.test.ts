import { channel } from "node:diagnostics_channel";
import { listenForCancel, untilCancelled } from "../../../../provider/lifecycles/engineCancel";

const given = { ...process.env };
afterEach(() => {
  process.env = { ...given };
  jest.restoreAllMocks();
});

it("the engine's Cancel is heard from Node.js itself where no server is found, which the debug log tells", async () => {
  process.env["PULUMI_OTC_DEBUG"] = "1";
  // Whatever servers other tests have left in this process.
  jest.spyOn(process as unknown as { _getActiveHandles: () => object[] }, "_getActiveHandles").mockReturnValue([{}]);
  const lines: unknown[] = [];
  jest.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(line) > 0);
  listenForCancel();
  expect(lines).toEqual([expect.stringContaining("no HTTP/2 server was found in this process") as string]);

  const cancelled = untilCancelled(
    (signal) => new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("ended"))),
  );
  const started = channel("http2.server.stream.start");
  started.publish({});
  started.publish({ headers: { ":path": "/pulumirpc.ResourceProvider/Create" } });
  await expect(untilCancelled(async (signal) => signal.aborted)).resolves.toBe(false);
  started.publish({ headers: { ":path": "/pulumirpc.ResourceProvider/Cancel" } });
  await expect(cancelled).resolves.toBe("ended");
});

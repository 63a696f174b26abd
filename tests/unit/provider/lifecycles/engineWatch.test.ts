import * as net from "node:net";
import type * as Configuration from "../../../../provider/lifecycles/stackConfiguration";

// The engine's address is the first argument of a provider process, read when the file is loaded.
const given = process.argv[2];
let connections = 0;
const engine = net.createServer((socket) => {
  connections++;
  socket.destroy();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  if (given === undefined) process.argv.splice(2, 1);
  else process.argv[2] = given;
  engine.close();
});

// The real one, for what the network needs.
const { setTimeout: later } = globalThis;
const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => later(resolve, 1));
};

it("a provider process ends once its engine has not answered twice in a row", async () => {
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
  process.argv[2] = `127.0.0.1:${(engine.address() as net.AddressInfo).port}`;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded once the address is known
  const { configure } = require("../../../../provider/lifecycles/stackConfiguration") as typeof Configuration;
  const exit = jest.spyOn(process, "exit").mockReturnValue(undefined as never);
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
  const isChecked = () => until(() => jest.getTimerCount() === 1);
  const nextCheck = async () => {
    jest.advanceTimersByTime(2000);
    await isChecked();
  };

  // Whatever it is asked for. However many resources are configured, one watches.
  const request = { config: { get: () => undefined, require: () => "" } };
  await configure(request);
  await configure(request);
  await isChecked();
  expect(connections).toBe(1);
  await nextCheck();
  expect(connections).toBe(2);

  engine.close();
  await nextCheck();
  expect(exit).not.toHaveBeenCalled();
  await nextCheck();
  expect(exit).toHaveBeenCalledWith(1);
});

import { parseEngineAddress } from "../../../../provider/lifecycles/engineAddress";

describe("the address of an engine", () => {
  it.each([
    ["127.0.0.1:4567", { host: "127.0.0.1", port: 4567 }],
    ["localhost:4567", { host: "localhost", port: 4567 }],
    ["[::1]:4567", { host: "::1", port: 4567 }],
    ["[fe80::1%eth0]:4567", { host: "fe80::1%eth0", port: 4567 }],
  ])("%s", (address, expected) => expect(parseEngineAddress(address)).toEqual(expected));

  it.each([
    "",
    "4567",
    ":4567",
    "::1:4567",
    "unix:/run/engine.sock",
    "dns:///localhost:4567",
    "127.0.0.1:",
    "127.0.0.1:4567/path",
  ])("is not %j, so that no process is ended for it", (address) => expect(parseEngineAddress(address)).toBeUndefined());
});

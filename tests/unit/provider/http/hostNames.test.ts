import dns from "node:dns";
import { HostNames } from "../../../../provider/http/hostNames";
import { send } from "../../../../provider/http/transport";
import { ProxyError, TransientError, WrongEndpointError } from "../../../../provider/task/errors";

const environment = { ...process.env };

afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...environment };
});

describe("a host that the name service does not know", () => {
  let nowMs: number;
  let names: HostNames;

  beforeEach(() => {
    nowMs = 5_000_000;
    names = new HostNames(
      () => nowMs,
      (_host, _options, callback) => callback(null, "127.0.0.1", 4),
    );
  });

  it("is looked up every two seconds for 15 s, then given up", () => {
    const replies = [0, 2, 4, 6, 8, 10, 12, 14, 15].map((second) => {
      nowMs = 5_000_000 + second * 1000;
      return names.noteMissing("dms.eu-dee.test");
    });
    expect(replies.map(({ giveUp }) => giveUp)).toEqual([...Array<boolean>(8).fill(false), true]);
    expect(replies.map(({ retryAfterMs }) => retryAfterMs)).toEqual([...Array<number>(7).fill(2000), 1000, 0]);
  });

  it("has 15 s anew when nobody asked for half a minute: another wait does", () => {
    names.noteMissing("dms.eu-dee.test");
    nowMs += 31_000;
    expect(names.noteMissing("dms.eu-dee.test").giveUp).toBe(false);
  });

  it("is one that is out of order when it resolved before in this process", () => {
    names.lookup("dms.eu-de.test", {}, () => undefined);
    names.noteMissing("dms.eu-de.test");
    nowMs += 20_000;
    expect(names.noteMissing("dms.eu-de.test")).toEqual({ giveUp: false });
  });
});

describe("a request to a host that does not exist", () => {
  const get = () => send({ method: "GET", url: "https://dms.eu-dee.test/tasks", timeoutMs: 5000 });
  const failing = async () => (await get().catch((thrown: unknown) => thrown)) as Error;
  let code: string;
  let nowMs: number;

  beforeEach(() => {
    nowMs = 9_000_000;
    jest.spyOn(performance, "now").mockImplementation(() => nowMs);
    jest
      .spyOn(dns, "lookup")
      .mockImplementation(((host: string, _options: unknown, callback: (e: Error) => void) =>
        process.nextTick(callback, Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code }))) as never);
  });

  it("fails for good after 15 s, and names where the host's name comes from", async () => {
    code = "ENOTFOUND";
    expect(await failing()).toMatchObject({ name: "TransientError", retryAfterMs: 2000 });
    nowMs += 15_000;
    const error = await failing();
    expect(error).toBeInstanceOf(WrongEndpointError);
    expect(error.message).toMatch(
      /because the host dms\.eu-dee\.test is unknown \(ENOTFOUND\): check the region and the endpoint.*The lookup was retried for 15 s\.$/,
    );
  });

  it("names the proxy's variable where it is the proxy's host", async () => {
    code = "ENOTFOUND";
    process.env["ALL_PROXY"] = "http://no-such-proxy.test:3128";
    expect(await failing()).toBeInstanceOf(TransientError);
    nowMs += 15_000;
    const error = await failing();
    expect(error).toBeInstanceOf(ProxyError);
    expect(error.message).toMatch(
      /through the proxy http:\/\/no-such-proxy\.test:3128 \(ALL_PROXY\) because the host no-such-proxy\.test is unknown \(ENOTFOUND\): check ALL_PROXY/,
    );
  });

  it("is transient while the name service itself is out of order", async () => {
    code = "EAI_AGAIN";
    expect(await failing()).toBeInstanceOf(TransientError);
    nowMs += 20_000;
    expect(await failing()).toBeInstanceOf(TransientError);
  });
});

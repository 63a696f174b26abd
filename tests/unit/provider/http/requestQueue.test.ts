import { RequestQueue } from "../../../../provider/http/requestQueue";

/** A clock whose sleepers all wake when the test says that a second has passed. */
class Second {
  private sleepers: (() => void)[] = [];

  readonly sleep = (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      this.sleepers.push(resolve);
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
    });

  async passes(): Promise<void> {
    this.sleepers.splice(0).forEach((wake) => wake());
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

let second: Second;
let queue: RequestQueue;
/** Requests that are on their way, by the name of their instance, and how each ends. */
let sent: { instance: string; answer: () => void; fail: () => void }[];

beforeEach(() => {
  second = new Second();
  queue = new RequestQueue(second);
  sent = [];
});

async function request(instance: string, count = 1, signal?: AbortSignal): Promise<void> {
  for (let i = 0; i < count; i++) {
    const send = () =>
      new Promise<void>((resolve, reject) => {
        const end = (how: () => void) => () => {
          sent = sent.filter((other) => other !== one);
          how();
        };
        const one = { instance, answer: end(resolve), fail: end(() => reject(new Error("silent"))) };
        sent.push(one);
      });
    queue.run(instance, signal ?? new AbortController().signal, send).catch(() => undefined);
  }
  await settled();
}

async function answer(instance: string): Promise<void> {
  sent.filter((one) => one.instance === instance).forEach((one) => one.answer());
  await settled();
}

async function fail(instance: string): Promise<void> {
  sent.filter((one) => one.instance === instance).forEach((one) => one.fail());
  await settled();
}

const sentTo = (instance: string) => sent.filter((one) => one.instance === instance).length;

describe("the queue of requests", () => {
  it("sends one request to an instance that has not answered yet", async () => {
    await request("silent", 5);
    await second.passes();
    expect(sentTo("silent")).toBe(1);
  });

  it("sends the rest, eight at a time, once it has", async () => {
    await request("a", 20);
    await answer("a");
    expect(sentTo("a")).toBe(8);
    await answer("a");
    expect(sentTo("a")).toBe(8);
    await answer("a");
    expect(sentTo("a")).toBe(3);
  });

  it("sends no more to an instance that falls silent, and one again when what was sent has failed", async () => {
    await request("a");
    await answer("a");
    await request("a", 3);
    await second.passes();
    await request("a", 5);
    expect(sentTo("a")).toBe(3);
    await fail("a");
    expect(sentTo("a")).toBe(1);
    await answer("a");
    expect(sentTo("a")).toBe(4);
  });

  it("lets silent instances hold up no other, however many they are", async () => {
    for (let i = 0; i < 100; i++) {
      await request(`silent ${i}`, 2);
    }
    await request("healthy");
    expect(sent.length).toBe(32);
    await second.passes();
    await second.passes();
    await second.passes();
    expect(sentTo("healthy")).toBe(1);
    expect(sent.length).toBe(101);
  });

  it("sends no more than 128 in all", async () => {
    for (let i = 0; i < 200; i++) {
      await request(`silent ${i}`);
    }
    for (let i = 0; i < 10; i++) {
      await second.passes();
    }
    expect(sent.length).toBe(128);
    await fail("silent 3");
    expect(sent.length).toBe(128);
    expect(sentTo("silent 128")).toBe(1);
  });

  it("forgets a request that is given up before its turn", async () => {
    const abort = new AbortController();
    await request("a");
    await request("a", 1, abort.signal);
    const givenUp = queue.run("a", abort.signal, () => Promise.reject(new Error("was sent")));
    abort.abort(new Error("enough"));
    await expect(givenUp).rejects.toThrow("enough");
    await answer("a");
    expect(sent).toEqual([]);
  });

  it("takes a request that was not sent for no sign of silence", async () => {
    await request("a");
    await answer("a");
    const notSent = queue.run("a", new AbortController().signal, () => {
      throw new Error("refused meanwhile");
    });
    await expect(notSent).rejects.toThrow("refused meanwhile");
    await request("a", 3);
    expect(sentTo("a")).toBe(3);
  });

  it("hands on what a request threw", async () => {
    const refused = queue.run("a", new AbortController().signal, () => Promise.reject(new Error("refused")));
    await expect(refused).rejects.toThrow("refused");
  });
});

import { abortedWithLast, SharedWork, waitAtMost } from "../../../../provider/http/waitAtMost";

const never = new Promise<never>(() => undefined);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a wait for something shared", () => {
  it("ends with it", async () => {
    await expect(waitAtMost({ timeoutMs: 5000 }, Promise.resolve("done"))).resolves.toBe("done");
  });

  it("may have a deadline that is farther away than Node's timers reach", async () => {
    const abort = new AbortController();
    const wait = waitAtMost({ timeoutMs: 40 * 24 * 3600 * 1000, signal: abort.signal }, never);
    await settled();
    abort.abort(new Error("enough"));
    await expect(wait).rejects.toThrow("enough");
  });

  it("puts no listeners on a signal that many have in common, of which Node would warn", async () => {
    const abort = new AbortController();
    const listen = jest.spyOn(abort.signal, "addEventListener");
    const waits = Array.from({ length: 20 }, () => waitAtMost({ timeoutMs: 5000, signal: abort.signal }, never));
    abort.abort(new Error("enough"));
    const results = await Promise.allSettled(waits);
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(20);
    expect(listen).not.toHaveBeenCalled();
  });
});

describe("a signal of all who wait", () => {
  it("is aborted with the last of them, those included who left before", () => {
    const waits = [new AbortController(), new AbortController(), new AbortController()];
    waits[0]!.abort();
    const signal = abortedWithLast(waits.map((wait) => wait.signal));
    waits[1]!.abort();
    expect(signal.aborted).toBe(false);
    waits[2]!.abort();
    expect(signal.aborted).toBe(true);
  });
});

describe("shared work", () => {
  function start() {
    const abandon = { signal: undefined as AbortSignal | undefined, forgotten: 0 };
    let settle: { resolve: (value: string) => void; reject: (error: Error) => void };
    const work = new SharedWork<string>(
      (signal) => {
        abandon.signal = signal;
        return new Promise((resolve, reject) => (settle = { resolve, reject }));
      },
      () => abandon.forgotten++,
    );
    const join = () => {
      const abort = new AbortController();
      return { abort, result: work.join({ timeoutMs: 5000, signal: abort.signal }) };
    };
    return { abandon, join, settle: settle! };
  }

  it("is given up and forgotten when the last who waits for it leaves, once", async () => {
    const { abandon, join, settle } = start();
    const [first, second] = [join(), join()];
    first.abort.abort(new Error("enough"));
    await expect(first.result).rejects.toThrow("enough");
    expect(abandon).toMatchObject({ forgotten: 0, signal: { aborted: false } });
    second.abort.abort(new Error("enough"));
    await expect(second.result).rejects.toThrow("enough");
    expect(abandon).toMatchObject({ forgotten: 1, signal: { aborted: true } });
    settle.reject(new Error("given up"));
    await settled();
    expect(abandon.forgotten).toBe(1);
  });

  it("is kept when it succeeded, for whoever asks later", async () => {
    const { abandon, join, settle } = start();
    const first = join();
    settle.resolve("done");
    await expect(first.result).resolves.toBe("done");
    await expect(join().result).resolves.toBe("done");
    expect(abandon.forgotten).toBe(0);
  });

  it("is forgotten when it failed", async () => {
    const { abandon, join, settle } = start();
    const first = join();
    settle.reject(new Error("failed"));
    await expect(first.result).rejects.toThrow("failed");
    expect(abandon.forgotten).toBe(1);
  });
});

import { OperationTurns } from "../../../../provider/resources/operationTurns";

/** Turns whose time limits pass when the test says so, and what happened in them. */
function observedTurns() {
  const limits: { ms: number; pass: () => void }[] = [];
  const turns = new OperationTurns((ms, pass) => void limits.push({ ms, pass }));
  const log: string[] = [];
  const take = (operation: string, instance = "instance") =>
    turns.take(instance, operation, 1000, () => Promise.resolve(log.push(operation)));
  return { turns, limits, log, take };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("operations on an instance", () => {
  it("wait for their turn in the order in which they asked", async () => {
    const { turns, log, take } = observedTurns();
    const all = ["a", "b", "c"].map((operation) => take(operation));
    await settled();
    expect(log).toEqual(["a"]);
    turns.end("a");
    await settled();
    expect(log).toEqual(["a", "b"]);
    turns.end("b");
    await Promise.all(all);
    expect(log).toEqual(["a", "b", "c"]);
  });

  it("on another instance do not wait", async () => {
    const { log, take } = observedTurns();
    await Promise.all([take("a", "one"), take("b", "other")]);
    expect(log).toEqual(["a", "b"]);
  });

  it("go on after a wait that failed", async () => {
    const { turns, log, take } = observedTurns();
    const failing = turns.take("instance", "a", 1000, () => Promise.reject(new Error("timed out")));
    const next = take("b");
    await expect(failing).rejects.toThrow("timed out");
    await next;
    expect(log).toEqual(["b"]);
  });

  it("wait for their turn no longer than their signal is not aborted, and leave the others in their order", async () => {
    const { turns, log, take } = observedTurns();
    await take("a");
    const abort = new AbortController();
    const cancelled = turns.take("instance", "b", 1000, () => Promise.resolve(log.push("b")), abort.signal);
    const next = take("c");
    const reason = new Error("no longer wanted");
    abort.abort(reason);
    await expect(cancelled).rejects.toBe(reason);
    await settled();
    expect(log).toEqual(["a"]);
    turns.end("a");
    await next;
    expect(log).toEqual(["a", "c"]);
  });

  it("go on when the time of an operation that nobody reports is over", async () => {
    const { limits, log, take } = observedTurns();
    await take("a");
    const next = take("b");
    expect(limits.map(({ ms }) => ms)).toEqual([1000]);
    limits[0]!.pass();
    await next;
    expect(log).toEqual(["a", "b"]);
  });

  it("tell whether another would have to wait", async () => {
    const { turns, take } = observedTurns();
    expect(turns.isTaken("instance")).toBe(false);
    await take("a");
    const next = take("b");
    expect(turns.isTaken("instance")).toBe(true);
    expect(turns.isTaken("other")).toBe(false);
    turns.end("a");
    await next;
    expect(turns.isTaken("instance")).toBe(true);
    turns.end("b");
    await settled();
    expect(turns.isTaken("instance")).toBe(false);
  });

  it("give up their turn when they are retried, and go last", async () => {
    const { turns, log, take } = observedTurns();
    await take("a");
    const next = take("b");
    const again = take("a");
    await next;
    turns.end("b");
    await again;
    expect(log).toEqual(["a", "b", "a"]);
  });
});

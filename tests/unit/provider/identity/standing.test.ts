import { headersOf, type Send, type ServiceReply, type ServiceRequest } from "../../../../provider/http/exchange";
import { Standing, type Verdict } from "../../../../provider/identity/standing";
import { settled, SteppedClock } from "../clock/steppedClock";

function replyOf(httpStatus: number): ServiceReply {
  return { httpStatus, body: {}, header: () => undefined };
}

/** Holds each request, first for a socket, then for an answer, until the test lets it go on. */
class Held {
  /** What has its socket and was sent, in this order. */
  readonly sent: string[] = [];
  private readonly sockets = new Map<string, () => void>();
  private readonly answers = new Map<string, (reply: ServiceReply) => void>();
  private readonly hasSockets: boolean;

  constructor({ hasSockets = true } = {}) {
    this.hasSockets = hasSockets;
  }

  readonly send: Send = async (request) => {
    const name = request.url;
    if (!this.hasSockets) {
      await new Promise<void>((go) => this.sockets.set(name, go));
    }
    headersOf(request);
    this.sent.push(name);
    return new Promise((answer) => this.answers.set(name, answer));
  };

  async giveSocket(name: string): Promise<void> {
    this.sockets.get(name)!();
    await settled();
  }

  async answer(name: string, httpStatus: number): Promise<void> {
    this.answers.get(name)!(replyOf(httpStatus));
    await settled();
  }
}

const clock = new SteppedClock();
const newStanding = (most = 3) => new Standing({ most, unansweredMs: 2000 }, clock);

function asking(send: Send) {
  const outcomes = new Map<string, number | Error>();
  const ask = async (...names: string[]) => {
    for (const url of names) {
      const request: ServiceRequest = { method: "GET", url, timeoutMs: 60_000 };
      void send(request).then(
        ({ httpStatus }) => outcomes.set(url, httpStatus),
        (error: Error) => outcomes.set(url, error),
      );
    }
    await settled();
  };
  return { outcomes, ask };
}

/** A standing that has worked, over a service that holds requests. */
async function proven(held = new Held()) {
  const standing = newStanding();
  await standing.guard(
    (request) => Promise.resolve((headersOf(request), replyOf(200))),
    () => ({ headers: headersOf }),
  )({ method: "GET", url: "first", timeoutMs: 1000 });
  const read401: { now: Verdict } = { now: "refused" };
  const send = standing.guard(held.send, () => ({ headers: headersOf, read401: () => read401.now }));
  return { held, read401, ...asking(send) };
}

describe("credentials that have not worked yet", () => {
  const untried = () => {
    const held = new Held();
    return { held, ...asking(newStanding().guard(held.send, () => ({ headers: headersOf }))) };
  };

  it("are tried by one request; once it has worked, three are on their way", async () => {
    const { held, ask } = untried();
    await ask("a", "b", "c", "d", "e");
    expect(held.sent).toEqual(["a"]);
    await held.answer("a", 200);
    expect(held.sent).toEqual(["a", "b", "c", "d"]);
  });

  it("are tried by the next request where the first has had no answer for two seconds", async () => {
    const { held, ask } = untried();
    await ask("a", "b", "c");
    await clock.pass(1999);
    expect(held.sent).toEqual(["a"]);
    await clock.pass(1);
    expect(held.sent).toEqual(["a", "b"]);
  });

  it("are tried by the next request after an outage", async () => {
    const { held, ask, outcomes } = untried();
    await ask("a", "b", "c");
    await held.answer("a", 503);
    expect(held.sent).toEqual(["a", "b"]);
    await held.answer("b", 401);
    expect(Object.fromEntries(outcomes)).toEqual({ a: 503, b: 401, c: 401 });
    expect(held.sent).toEqual(["a", "b"]);
  });
});

describe("credentials that have worked", () => {
  it("are on their way three times at most; one without an answer for two seconds no longer counts", async () => {
    const { held, ask } = await proven();
    await ask("a", "b", "c", "d", "e", "f", "g");
    expect(held.sent).toEqual(["a", "b", "c"]);
    await held.answer("b", 200);
    expect(held.sent).toEqual(["a", "b", "c", "d"]);
    await clock.pass(2000);
    expect(held.sent).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  });

  it("are not sent again once they are refused, whoever waits", async () => {
    const { held, ask, outcomes } = await proven();
    await ask("a", "b", "c", "d", "e");
    await held.answer("b", 401);
    await ask("f");
    expect(held.sent).toEqual(["a", "b", "c"]);
    expect(Object.fromEntries(outcomes)).toEqual({ b: 401, d: 401, e: 401, f: 401 });
  });

  it("are not kept from others by a request that nobody waits for any longer", async () => {
    const held = new Held();
    const send = newStanding().guard(held.send, () => ({ headers: headersOf }));
    const { ask } = asking(send);
    await ask("a");
    const gone = new AbortController();
    const waiting = send({ method: "GET", url: "b", timeoutMs: 60_000, signal: gone.signal });
    await ask("c");
    gone.abort(new Error("nobody waits"));
    await expect(waiting).rejects.toThrow("nobody waits");
    await held.answer("a", 503);
    expect(held.sent).toEqual(["a", "c"]);
  });

  it("are kept from being sent by a request that has its turn, but no socket yet", async () => {
    const { held, ask, outcomes } = await proven(new Held({ hasSockets: false }));
    await ask("a", "b");
    await held.giveSocket("a");
    await held.answer("a", 401);
    await held.giveSocket("b");
    expect(held.sent).toEqual(["a"]);
    expect(outcomes.get("b")).toBe(401);
  });

  it("do not wait for requests that get no socket, and are still no more than three", async () => {
    const { held, ask } = await proven(new Held({ hasSockets: false }));
    await ask("silent 1", "silent 2", "silent 3", "a", "b", "c");
    await clock.pass(100);
    for (const name of ["a", "b", "c", "silent 1"]) {
      await held.giveSocket(name);
    }
    expect(held.sent).toEqual(["a", "b", "c"]);
    await held.answer("a", 200);
    await held.giveSocket("silent 1");
    expect(held.sent).toEqual(["a", "b", "c", "silent 1"]);
  });
});

describe("a time that the service does not accept", () => {
  it("is corrected by one request alone; the others follow once that has worked", async () => {
    const { held, ask, outcomes, read401 } = await proven();
    read401.now = "misdated";
    await ask("a", "b", "c", "d", "e");
    await held.answer("a", 401);
    await held.answer("b", 401);
    expect(held.sent).toEqual(["a", "b", "c"]);
    await held.answer("c", 401);
    expect(held.sent).toHaveLength(4);
    const [, , , trial] = held.sent;
    await held.answer(trial!, 200);
    expect(held.sent).toHaveLength(7);
    for (const name of ["a", "b", "c", "d", "e"].filter((name) => name !== trial)) {
      await held.answer(name, 200);
    }
    expect([...outcomes.values()]).toEqual([200, 200, 200, 200, 200]);
  });

  it("is a refusal of the credentials where the corrected one is not accepted either", async () => {
    const { held, ask, outcomes, read401 } = await proven();
    read401.now = "misdated";
    await ask("a", "b");
    await held.answer("a", 401);
    await held.answer("b", 401);
    await held.answer(held.sent[2]!, 401);
    await ask("c");
    expect(held.sent).toHaveLength(3);
    expect(Object.fromEntries(outcomes)).toEqual({ a: 401, b: 401, c: 401 });
  });
});

import { headersOf, type ServiceReply, type ServiceRequest } from "../../../../provider/http/exchange";
import { Standing } from "../../../../provider/identity/standing";
import { settled, SteppedClock } from "../clock/steppedClock";

const replyOf = (httpStatus: number): ServiceReply => ({ httpStatus, body: {}, header: () => undefined });

/** Credentials over a service that takes so long for each reply, and does not accept the time of the first so many. */
function misdating({ takesMs, misdated = 1 }: { takesMs: number; misdated?: number }) {
  const clock = new SteppedClock();
  const standing = new Standing({ most: 3, unansweredMs: 60_000 }, clock);
  const sent: ServiceRequest[] = [];
  const send = standing.guard(
    async (request) => {
      headersOf(request);
      sent.push(request);
      const httpStatus = sent.length <= misdated ? 401 : 200;
      await clock.pass(takesMs);
      return replyOf(httpStatus);
    },
    () => ({ headers: headersOf, read401: () => "misdated" }),
  );
  return { send, sent };
}

describe("a request that is repeated with the service's time", () => {
  it.each([
    ["what is left of it, which is less than is usual", 1000, 5000, 4500, 500],
    ["as long as is usual", 1000, 5000, 1000, 1000],
  ])("has %s", async (_what, timeoutMs, mostMs, takesMs, repeatedMs) => {
    const { send, sent } = misdating({ takesMs });
    await expect(send({ method: "GET", url: "https://dms", timeoutMs, mostMs })).resolves.toMatchObject({
      httpStatus: 200,
    });
    expect(sent).toMatchObject([
      { timeoutMs, mostMs },
      { timeoutMs: repeatedMs, mostMs: mostMs - takesMs },
    ]);
  });

  it.each([5000, 6000])("is not repeated where no time is left: %i of 5000 ms are over", async (takesMs) => {
    const { send, sent } = misdating({ takesMs });
    await expect(send({ method: "GET", url: "https://dms", timeoutMs: 5000 })).resolves.toMatchObject({
      httpStatus: 401,
    });
    expect(sent).toHaveLength(1);
  });

  it("goes before those that have not been sent yet", async () => {
    const standing = new Standing({ most: 3, unansweredMs: 60_000 }, new SteppedClock());
    const sent: string[] = [];
    const answers: ((reply: ServiceReply) => void)[] = [];
    const send = standing.guard(
      (request) => {
        headersOf(request);
        sent.push(request.url);
        return new Promise((answer) => answers.push(answer));
      },
      () => ({ headers: headersOf, read401: () => "misdated" }),
    );
    for (const url of ["a", "b", "c"]) {
      void send({ method: "GET", url, timeoutMs: 60_000 });
    }
    await settled();
    answers[0]!(replyOf(401));
    await settled();
    // The turn that ended let the next one try; who is repeated goes before the third.
    expect(sent.slice(0, 2)).toEqual(["a", "b"]);
    answers[1]!(replyOf(200));
    await settled();
    expect(sent).toEqual(["a", "b", "a", "c"]);
  });
});

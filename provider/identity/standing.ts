import { type Clock, systemClock } from "../clock/clock";
import { isTransientReply, readComplaint } from "../http/errorReply";
import type { RequestHeaders, Send, ServiceReply, ServiceRequest } from "../http/exchange";
import { isForeignProject } from "../http/serviceCodes";
import { type Turn, Turns } from "./turns";

/** How many requests with the credentials may be in flight once these have worked; until then, one. */
interface Limits {
  most: number;
  /** A request without an answer for this long no longer counts. */
  unansweredMs: number;
}

/**
 * What a reply says about the credentials. `misdated`: the service did not accept the signed time, which says nothing about
 * the key.
 */
export type Verdict = "good" | "refused" | "misdated" | "undecided";

/** How the credentials are added to one request. */
interface Bearing {
  /** Called for the headers when the request is sent. */
  headers: (request: ServiceRequest) => RequestHeaders;
  /** What a 401 says about the credentials, which may have worked before. Default: `refused`. */
  read401?: (reply: ServiceReply, haveWorked: boolean) => Verdict;
  /** Called with each reply, before the other requests learn of it. */
  onReply?: (reply: ServiceReply) => void;
}

/** While the request waited for a socket, something became known about the credentials that forbids sending it now. */
class NotSent extends Error {
  constructor() {
    super("not sent: other requests with these credentials go first");
  }
}

/**
 * The standing of credentials that must not be refused often: more than five refusals in a row lock an access key, and too many
 * wrong passwords lock a user. Until the credentials have worked once in this process, one request at a time tries them. Once
 * refused, they are never sent again.
 */
export class Standing {
  private state: "untried" | "good" | "misdated" = "untried";
  /** The final refusal, which answers all later requests. */
  private refusal?: ServiceReply;
  /** How often the signed time was corrected. A reply to an earlier signature says nothing about the corrected time. */
  private corrections = 0;
  private readonly turns: Turns;

  constructor(
    private readonly limits: Limits,
    private readonly clock: Clock = systemClock,
  ) {
    this.turns = new Turns(() => this.most(), limits.unansweredMs, clock);
  }

  /**
   * Sends requests with the credentials, each in its turn. If the signed time was not accepted, the request is repeated once with
   * the time from the reply; until that has worked, no other request is sent.
   */
  guard(send: Send, bearing: () => Bearing): Send {
    return async (request) => {
      const { mostMs = request.timeoutMs, signal } = request;
      const endMs = this.clock.nowMs() + mostMs;
      let misdated: ServiceReply | undefined;
      for (let isNext = false; ; isNext = true) {
        const leftMs = Math.ceil(endMs - this.clock.nowMs());
        if (misdated && leftMs <= 0) {
          return misdated;
        }
        const turn = await this.turns.take({ timeoutMs: leftMs, signal }, isNext);
        try {
          if (this.refusal) {
            return this.refusal;
          }
          const bounded = { ...request, timeoutMs: Math.min(request.timeoutMs, leftMs), mostMs: leftMs };
          const { reply, mayRepeat } = await this.attempt(send, bounded, turn, bearing());
          if (!mayRepeat || misdated) {
            return reply;
          }
          misdated = reply;
        } catch (error) {
          if (!(error instanceof NotSent)) {
            throw error;
          }
        } finally {
          this.turns.end(turn);
        }
      }
    };
  }

  private most(): number {
    return this.refusal ? Infinity : this.state === "good" ? this.limits.most : 1;
  }

  private async attempt(
    send: Send,
    request: ServiceRequest,
    turn: Turn,
    { headers, read401, onReply }: Bearing,
  ): Promise<{ reply: ServiceReply; mayRepeat: boolean }> {
    let { corrections } = this;
    const reply = await send({
      ...request,
      headers: () => {
        if (this.refusal || !this.turns.begin(turn)) {
          throw new NotSent();
        }
        corrections = this.corrections;
        return headers(request);
      },
    });
    onReply?.(reply);
    const verdict = verdictOf(reply, (refusal) => read401?.(refusal, this.state === "good") ?? "refused");
    if (verdict === "refused") {
      this.refusal ??= reply;
    } else if (corrections === this.corrections) {
      this.learn(verdict, reply);
    }
    return { reply, mayRepeat: verdict === "misdated" && !this.refusal };
  }

  private learn(verdict: Exclude<Verdict, "refused">, reply: ServiceReply): void {
    if (verdict === "misdated" && this.state === "misdated") {
      // The corrected time was not accepted either.
      this.refusal ??= reply;
    } else if (verdict === "misdated") {
      this.state = "misdated";
      this.corrections++;
    } else if (verdict === "good") {
      this.state = "good";
    }
  }
}

function verdictOf(reply: ServiceReply, read401: (reply: ServiceReply) => Verdict): Verdict {
  if (isTransientReply(reply)) {
    // A throttled request, or one that met an outage, says nothing about the credentials.
    return "undecided";
  }
  if (reply.httpStatus !== 401 || isForeignProject(readComplaint(reply.body).code)) {
    return "good";
  }
  return read401(reply);
}

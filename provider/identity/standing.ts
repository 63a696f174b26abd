import { type Clock, systemClock } from "../clock/clock";
import { isTransientReply, readComplaint } from "../http/errorReply";
import type { RequestHeaders, Send, ServiceReply, ServiceRequest } from "../http/exchange";
import { isForeignProject } from "../http/serviceCodes";
import { type Turn, Turns } from "./turns";

/** How many requests that bear the credentials may be on their way once they have worked; before that, it is one. */
interface Limits {
  most: number;
  /** A request that has had no answer for so long no longer counts among them. */
  unansweredMs: number;
}

/**
 * What a reply says of the credentials. `misdated`: the service did not accept the time that was signed, which says
 * nothing of the key.
 */
export type Verdict = "good" | "refused" | "misdated" | "undecided";

/** How one request bears the credentials. */
export interface Bearing {
  /** The headers, made when the request is sent. */
  headers: (request: ServiceRequest) => RequestHeaders;
  /** What a 401 says of the credentials, which may have worked before. Default: `refused`. */
  read401?: (reply: ServiceReply, haveWorked: boolean) => Verdict;
  /** Told of each reply, before the other requests are. */
  onReply?: (reply: ServiceReply) => void;
}

/** What was learned of the credentials while the request queued for a socket forbids to send it now. */
class NotSent extends Error {
  constructor() {
    super("not sent: other requests with these credentials go first");
  }
}

/**
 * The standing of credentials that must not be refused often: more than five refusals in a row lock an access key, and
 * too many wrong passwords a user. Until they have worked once in this process, one request at a time tries them; once
 * they were refused, nothing is sent with them any more.
 */
export class Standing {
  private state: "untried" | "good" | "misdated" = "untried";
  /** The refusal for good, which answers all that would follow. */
  private refusal?: ServiceReply;
  /** How often the time to sign was corrected: a reply to what was signed before tells nothing of the corrected time. */
  private corrections = 0;
  private readonly turns: Turns;

  constructor(
    private readonly limits: Limits,
    private readonly clock: Clock = systemClock,
  ) {
    this.turns = new Turns(() => this.most(), limits.unansweredMs, clock);
  }

  /**
   * Sends requests that bear the credentials, each in its turn. One whose time was not accepted is repeated once, with the
   * time that the reply has told; until that has worked, it is the only one that is sent.
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
    // Whoever is throttled or met an outage has not been judged.
    return "undecided";
  }
  if (reply.httpStatus !== 401 || isForeignProject(readComplaint(reply.body).code)) {
    return "good";
  }
  return read401(reply);
}

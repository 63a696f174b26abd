import type { RequestBounds } from "../../../../provider/http/exchange";
import { TransientError } from "../../../../provider/task/errors";
import { RetriedRequests } from "../../../../provider/wait/retriedRequests";
import { ManualClock } from "../clock/manualClock";

/** Each of its sleeps takes so much longer than it should, as those of a process that is not allowed to run. */
class LateClock extends ManualClock {
  constructor(private readonly lateMs: number) {
    super();
  }

  override async sleep(ms: number): Promise<void> {
    await super.sleep(ms);
    this.pass(this.lateMs);
  }
}

const failing = () => Promise.reject(new TransientError("not now"));

describe("the last request of a wait", () => {
  it("gets its second when the process wakes up after the deadline", async () => {
    const clock = new LateClock(5000);
    const bounds: RequestBounds[] = [];
    const requests = new RetriedRequests({ clock, deadlineMs: clock.nowMs() + 2000 });
    const asking = requests.ask((given) => {
      bounds.push(given);
      return failing();
    });
    await expect(asking).rejects.toThrow("not now");
    expect(bounds).toMatchObject([
      { timeoutMs: 3000, mostMs: 3000 },
      { timeoutMs: 1000, mostMs: 1000 },
    ]);
  });

  it("shares that second with the pages behind it", async () => {
    const clock = new ManualClock();
    const requests = new RetriedRequests({ clock, deadlineMs: clock.nowMs() - 5000 });
    const mostMs: (number | undefined)[] = [];
    for (const tookMs of [600, 600, 600]) {
      await requests.ask(async (bounds) => {
        mostMs.push(bounds.mostMs);
        clock.pass(tookMs);
      });
    }
    expect(mostMs).toEqual([1000, 400, 0]);
  });
});

import type { Clock } from "../../provider/clock/clock";
import { defaultDelayBounds } from "../../provider/schedule/schedule";
import type { ShowTask } from "../../provider/service/client";
import type { WaitSubject } from "../../provider/task/waitSubject";
import { resultOf } from "../../provider/wait/outcome";
import { waitForTask } from "../../provider/wait/waiter";

const options = { ...defaultDelayBounds, wait: true, timeoutMs: 24 * 60 * 60 * 1000, appearTimeoutMs: 60_000 };

/** Our own waiter, with its users' defaults, but for a deadline that no task reaches. */
export async function waitWithOurs(showTask: ShowTask, subject: WaitSubject, clock: Clock): Promise<void> {
  resultOf(await waitForTask({ showTask, subject, options, clock }));
}

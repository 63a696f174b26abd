import { createHttpPoller } from "@azure/core-lro";
import { createWaiter, WaiterState } from "@smithy/util-waiter";
import pRetry from "p-retry";
import pWaitFor from "p-wait-for";
import type { HasEnded, Peer } from "./peer";

const oneDaySeconds = 24 * 60 * 60;

export const packagePeers: Peer[] = [
  {
    name: "smithy util-waiter",
    source: "@smithy/util-waiter, 2 to 120 s: AWS's defaults",
    isRandom: true,
    wait: (hasEnded) =>
      createWaiter({ client: {}, minDelay: 2, maxDelay: 120, maxWaitTime: oneDaySeconds }, {}, async () => ({
        state: (await hasEnded()) ? WaiterState.SUCCESS : WaiterState.RETRY,
      })),
  },
  {
    name: "azure core-lro",
    source: "@azure/core-lro, 2 s: its default",
    wait: (hasEnded) => {
      // Azure's protocol: 202 while it goes on, and where to ask.
      const reply = (ended: boolean) => ({
        flatResponse: {},
        rawResponse: {
          statusCode: ended ? 200 : 202,
          headers: { location: "/task" },
          request: { method: "PUT", url: "/task" },
        },
      });
      return createHttpPoller({
        sendInitialRequest: async () => reply(false),
        sendPollRequest: async () => reply(await hasEnded()),
      }).pollUntilDone();
    },
  },
  ...[1, 5, 10, 30].map((seconds) => ({
    name: `p-wait-for, ${seconds} s`,
    source: `p-wait-for, every ${seconds} s`,
    wait: (hasEnded: HasEnded) => pWaitFor(hasEnded, { interval: seconds * 1000 }),
  })),
  {
    name: "p-retry as a loop",
    source: "p-retry, 1 s doubling: its default, but without its end after 10 tries (17 min)",
    wait: (hasEnded) =>
      pRetry(
        async () => {
          if (!(await hasEnded())) {
            throw new Error("in progress");
          }
        },
        { retries: Infinity },
      ),
  },
];

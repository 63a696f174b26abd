import type { Clock } from "../../provider/clock/clock";
import { identityFor } from "../../provider/identity/identities";
import { defaultDelayBounds } from "../../provider/schedule/schedule";
import { sharedLookWith } from "../../provider/service/sharedLooks";
import { readSettings } from "../../provider/settings/settings";
import { waitForTask } from "../../provider/wait/waiter";
import { FaultyService, type Reply } from "../servers/faultyService";
import { project } from "../servers/login";
import { hangUp, json, recordOf, refusal, reset } from "../servers/replies";
import { Random } from "../trials/random";
import type { Trial } from "../trials/trial";

// Half an hour, on a clock that only those move on who sleep on it, through the real client.

const minuteMs = 60_000;

class VirtualClock implements Clock {
  ms = Date.UTC(2026, 0, 1);
  constructor(private readonly chance: Random) {}
  nowMs = () => this.ms;
  epochMs = () => this.ms;
  random = () => this.chance.between(0, 999) / 1000;
  sleep = async (ms: number) => void (this.ms += Math.max(ms, 0));
}

interface Outage {
  name: string;
  reply: Reply;
  fromMinutes: number;
  toMinutes: number;
}

const outages: Outage[] = [
  { name: "the network gone", reply: reset, fromMinutes: 10, toMinutes: 15 },
  { name: "the network gone from the start", reply: hangUp, fromMinutes: 0, toMinutes: 5 },
  { name: "the service overloaded", reply: refusal(503, "DMS.111501025"), fromMinutes: 20, toMinutes: 25 },
  { name: "throttled", reply: refusal(404, "DMS.10240407"), fromMinutes: 12, toMinutes: 17 },
  {
    name: "told to wait a minute",
    reply: refusal(429, "APIGW.0308", { "Retry-After": "60" }),
    fromMinutes: 5,
    toMinutes: 10,
  },
  { name: "the network gone at the task's end", reply: reset, fromMinutes: 26, toMinutes: 31 },
];

const taskMinutes = 29;

// Each pause of a retry is at least 5 s after the first few, so no more than 60 requests are spent on five minutes.
const requestsOfOutage = 65;

/** An outage of five minutes in a task of half an hour: the wait ends soon after both, for few requests more. */
export function longOutages(seed: number): Trial[] {
  return outages.map((outage, i) => ({
    name: `${outage.name} for 5 of 30 minutes`,
    run: async () => {
      const undisturbed = await waitThrough(undefined, new Random(seed, i), `undisturbed-${i}`);
      const disturbed = await waitThrough(outage, new Random(seed, i), `disturbed-${i}`);
      if (disturbed.requests > undisturbed.requests + requestsOfOutage) {
        throw new Error(`it took ${disturbed.requests} requests instead of ${undisturbed.requests}`);
      }
      const isOutAtEnd = outage.fromMinutes < taskMinutes && taskMinutes < outage.toMinutes;
      const lateMinutes = disturbed.minutes - (isOutAtEnd ? outage.toMinutes : taskMinutes);
      if (lateMinutes < 0 || lateMinutes > 1) throw new Error(`it ended ${lateMinutes * 60} s after the task`);
    },
  }));
}

/** How long a wait through the real client takes, and how many requests. */
async function waitThrough(outage: Outage | undefined, chance: Random, label: string) {
  const clock = new VirtualClock(chance);
  const startMs = clock.ms;
  const minutes = () => (clock.ms - startMs) / minuteMs;
  const [instanceId, taskId] = [`instance-${label}`, `task-${label}`];
  const service = await FaultyService.start((exchange) => {
    const status = minutes() < taskMinutes ? "EXECUTING" : "SUCCESS";
    const record = recordOf(taskId, { created_at: new Date(startMs).toISOString(), status });
    const answer = json({ tasks: [record] }, 200, { Date: new Date(clock.ms).toUTCString() });
    const isOut = outage && minutes() >= outage.fromMinutes && minutes() < outage.toMinutes;
    (isOut ? outage.reply : answer)(exchange);
  });
  const url = `http://127.0.0.1:${service.port}`;
  const env = {
    OS_TOKEN: `token-${label}`,
    OS_PROJECT_ID: project.id,
    OS_AUTH_URL: `${url}/v3`,
    OS_DMS_ENDPOINT_OVERRIDE: url,
  };
  try {
    const showTask = sharedLookWith(identityFor(readSettings({}, () => undefined, env)), "kafka", instanceId);
    const options = { ...defaultDelayBounds, wait: true, timeoutMs: 60 * minuteMs, appearTimeoutMs: minuteMs };
    const outcome = await waitForTask({ showTask, subject: { instanceId, taskId }, options, clock });
    if (outcome.state !== "finished") throw outcome.cause;
    if (outcome.result.status !== "SUCCESS") throw new Error(`its status is ${outcome.result.status}`);
    return { minutes: minutes(), requests: service.looks.length };
  } finally {
    service.close();
  }
}

import { getBackgroundTask } from "../../provider/functions/getBackgroundTask";
import { FaultyService, type Reply } from "../servers/faultyService";
import { recordOf, refusal, reset, silent, tasks } from "../servers/replies";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import { waitByFunction } from "../waits/functionWait";
import { describeVerdict, type Verdict } from "../waits/verdict";

export interface CrowdedWait {
  instanceId: string;
  taskId: string;
  behaviour: "healthy" | "silent" | "throttled" | "resetting";
  endsAtMs: number;
}

const timeoutSeconds = 4;
export const crowdArguments = { timeoutSeconds, appearTimeoutSeconds: 1, maxDelaySeconds: 0.5 };

// From the task's end to the next look, its reply, and what a busy machine adds.
const lateMs = 500 + 500 + 1500;

/** Waits for instances of which some never answer, some throttle, some reset, and some are as they should be. */
export class Crowd {
  private constructor(
    readonly service: FaultyService,
    readonly waits: readonly CrowdedWait[],
    private readonly startedMs: number,
  ) {}

  static async start(random: Random): Promise<Crowd> {
    const id = () => Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join("");
    const behaviours = ["healthy", "silent", "throttled", "resetting"] as const;
    const waits = Array.from({ length: random.between(12, 24) }, (_, i) => {
      const endsAtMs = random.between(200, 2000);
      return { instanceId: id(), taskId: id(), behaviour: behaviours[i % behaviours.length]!, endsAtMs };
    });
    const byInstance = new Map(waits.map((wait) => [wait.instanceId, wait]));
    const startedMs = performance.now();
    const answer: Reply = (exchange) => {
      const { behaviour, taskId, endsAtMs } = byInstance.get(exchange.instanceId!)!;
      const status = performance.now() - startedMs < endsAtMs ? "EXECUTING" : "SUCCESS";
      const replies = {
        healthy: tasks(recordOf(taskId, { status })),
        silent,
        throttled: refusal(429, "APIGW.0308", { "Retry-After": "1" }),
        resetting: reset,
      };
      replies[behaviour](exchange);
    };
    return new Crowd(await FaultyService.start(answer), waits, startedMs);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.service.port}`;
  }

  /** @throws what is wrong with how a wait ended. */
  judge({ behaviour, endsAtMs }: CrowdedWait, verdict: Verdict, endedMs = performance.now()): void {
    const { task, error, stalledSeconds } = verdict;
    const atMs = endedMs - this.startedMs;
    if (behaviour === "healthy") {
      const isInTime = atMs >= endsAtMs && atMs < endsAtMs + lateMs + stalledSeconds * 1000;
      if (task?.["status"] !== "SUCCESS" || !isInTime) {
        throw new Error(`beside others, a healthy wait for a task of ${endsAtMs} ms ${describeVerdict(verdict)}`);
      }
    } else if (!error || !/has not ended after/.test(error.message)) {
      throw new Error(`a ${behaviour} instance's wait ${describeVerdict(verdict)}`);
    }
  }

  /** @throws if more connections were open at a time than a list and a look by id of each instance need. */
  checkSockets(): void {
    const most = 2 * this.waits.length;
    if (this.service.mostSockets > most)
      throw new Error(`${this.service.mostSockets} sockets were open instead of ${most}`);
  }
}

export function crowdTrial(random: Random, i: number): Trial {
  return {
    name: `run ${i}: a crowd`,
    run: async () => {
      const crowd = await Crowd.start(random);
      const { endpoint } = crowd;
      try {
        await Promise.all(
          crowd.waits.map(async (wait) => {
            const { instanceId, taskId } = wait;
            const args = { instanceId, taskId, endpoint, ...crowdArguments };
            crowd.judge(wait, await waitByFunction(() => getBackgroundTask(args)));
          }),
        );
        crowd.checkSockets();
      } finally {
        crowd.service.close();
      }
    },
  };
}

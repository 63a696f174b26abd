import { Random } from "../trials/random";
import type { Kind, Size, StartedKind, Trial } from "../trials/trial";
import { waitInEngine } from "./engineLoad";
import { LoadService, type LoadSize } from "./loadService";
import { waitInProcess } from "./processLoad";
import type { Usage } from "../../engine/usageMeter";

interface Load {
  name: string;
  /** The beginning of its figures' names. */
  figure: string;
  full: LoadSize;
  quick: LoadSize;
  wait: (load: LoadService, signal: AbortSignal) => Promise<Usage & { recorded?: number }>;
  /** The most requests for a task, all of an instance's waits together. */
  requestsPerTask: number;
  /** From the end of the last task to that of the last wait, at most. */
  lateSeconds: number;
}

const loads: Load[] = [
  {
    name: "500 waits on 50 instances in one update",
    figure: "engine500",
    full: { tasks: 500, instances: 50, slowestTaskSeconds: 60 },
    quick: { tasks: 60, instances: 6, slowestTaskSeconds: 10 },
    wait: waitInEngine,
    requestsPerTask: 5,
    // The engine records all of them, too.
    lateSeconds: 60,
  },
  {
    name: "2,000 waits in one process",
    figure: "process2000",
    full: { tasks: 2000, instances: 50, slowestTaskSeconds: 60 },
    quick: { tasks: 500, instances: 25, slowestTaskSeconds: 8 },
    wait: waitInProcess,
    requestsPerTask: 1.5,
    lateSeconds: 15,
  },
  {
    name: "50 waits for a service that answers 429 above 5 requests a second",
    figure: "throttled50",
    full: { tasks: 50, instances: 50, slowestTaskSeconds: 60, mostPerSecond: 5 },
    quick: { tasks: 20, instances: 20, slowestTaskSeconds: 8, mostPerSecond: 5 },
    wait: waitInProcess,
    requestsPerTask: 25,
    lateSeconds: 60,
  },
];

/** Many waits at once: all end, for a bounded number of requests and sockets. */
export const load: Kind = {
  name: "load",
  concurrency: 1,
  atMostSeconds: 400,
  start: async ({ seed, quick }: Size): Promise<StartedKind> => {
    const figures: Record<string, number> = {};
    const trialOf = (one: Load, i: number): Trial => ({
      name: one.name,
      run: async (signal) => {
        const size = quick ? one.quick : one.full;
        const loaded = await LoadService.start(new Random(seed, i), size);
        try {
          const usage = await one.wait(loaded, signal);
          const lateSeconds = loaded.endedMsAgo / 1000;
          const { looks, mostSockets } = loaded.service;
          figures[`${one.figure}Waits`] = size.tasks;
          figures[`${one.figure}Requests`] = looks.length;
          figures[`${one.figure}Throttled`] = loaded.throttled;
          figures[`${one.figure}Sockets`] = mostSockets;
          figures[`${one.figure}Megabytes`] = usage.megabytes;
          figures[`${one.figure}CpuSeconds`] = usage.cpuSeconds;
          figures[`${one.figure}LateSeconds`] = lateSeconds;
          checkBounds(one, size, { requests: looks.length, sockets: mostSockets, lateSeconds });
          if (usage.recorded !== undefined && usage.recorded !== size.tasks) {
            throw new Error(`${usage.recorded} of ${size.tasks} tasks are in the state`);
          }
        } finally {
          loaded.service.close();
        }
      },
    });
    return { trials: loads.map(trialOf), figures: () => figures, close: async () => undefined };
  },
};

// Requests of one process that are not overdue are limited to 32, all together to 128.
const mostSocketsOfProcess = 128;

function checkBounds(
  { requestsPerTask, lateSeconds: mostLateSeconds }: Load,
  size: LoadSize,
  { requests, sockets, lateSeconds }: { requests: number; sockets: number; lateSeconds: number },
): void {
  if (requests > requestsPerTask * size.tasks) throw new Error(`it took ${requests} requests`);
  if (sockets > Math.min(mostSocketsOfProcess, 2 * size.instances)) throw new Error(`${sockets} sockets were open`);
  if (lateSeconds > mostLateSeconds) throw new Error(`it ended ${lateSeconds.toFixed(0)} s after the last task`);
}

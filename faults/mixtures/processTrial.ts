import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import { Crowd, crowdArguments } from "./crowdTrial";

/** A program without an engine: waits for what it is told, tells how each wait ended, and has nothing else to do. */
export const waitingProgram = `
const { getBackgroundTask } = require("pulumi-otc-background-task");
const tell = (verdict) => process.stdout.write("verdict " + JSON.stringify(verdict) + "\\n");
for (const [i, args] of JSON.parse(process.env.WAITS).entries()) {
  getBackgroundTask(args).then(
    (task) => tell({ i, task }),
    ({ name, message }) => tell({ i, error: { name, message } }),
  );
}
`;

// And what a busy machine adds.
const mostExitMs = 1000 + 500;

/** A crowd's waits in a process of their own, which must not stay any longer than they do. */
export function processTrial(random: Random, i: number, folder: string): Trial {
  return {
    name: `run ${i}: a crowd in a process of its own`,
    run: async (signal) => {
      const crowd = await Crowd.start(random);
      const { endpoint } = crowd;
      const waits = crowd.waits.map(({ instanceId, taskId }) => ({ instanceId, taskId, endpoint, ...crowdArguments }));
      const env = { ...process.env, WAITS: JSON.stringify(waits) };
      const child = spawn(process.execPath, ["index.js"], {
        cwd: folder,
        env,
        stdio: ["ignore", "pipe", "ignore"],
        signal,
      });
      try {
        let lastMs = 0;
        let count = 0;
        const faults: unknown[] = [];
        createInterface({ input: child.stdout }).on("line", (line) => {
          const [, text] = /^verdict (.*)$/.exec(line) ?? [];
          if (text === undefined) return;
          lastMs = performance.now();
          count++;
          const { i: index, ...verdict } = JSON.parse(text) as {
            i: number;
            task?: object;
            error?: { message: string };
          };
          try {
            crowd.judge(crowd.waits[index]!, { seconds: 0, stalledSeconds: startSeconds, ...(verdict as object) });
          } catch (error) {
            faults.push(error);
          }
        });
        const [code] = (await once(child, "exit")) as [number | null];
        const exitMs = performance.now() - lastMs;
        if (faults.length > 0) throw faults[0];
        if (code !== 0 || count !== waits.length) throw new Error(`it exited with ${code} after ${count} verdicts`);
        if (exitMs > mostExitMs) throw new Error(`it exited ${exitMs.toFixed(0)} ms after the last verdict`);
        crowd.checkSockets();
      } finally {
        child.kill("SIGKILL");
        crowd.service.close();
      }
    },
  };
}

// The process starts after the tasks.
const startSeconds = 5;

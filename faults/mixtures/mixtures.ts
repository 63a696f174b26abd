import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";
import { StartedProvider } from "../../tests/process/startedProvider";
import { project } from "../servers/login";
import { Random } from "../trials/random";
import type { Kind, Size, StartedKind } from "../trials/trial";
import { withEnvironment } from "../waits/environment";
import { crowdTrial } from "./crowdTrial";
import { mixtureTrial } from "./mixtureTrial";
import { processTrial, waitingProgram } from "./processTrial";

/** Random faults over time, tasks, ways to wait, and settings. */
export const mixtures: Kind = {
  name: "mixtures",
  concurrency: 12,
  atMostSeconds: 60,
  start: async ({ seed, quick }: Size): Promise<StartedKind> => {
    const folder = mkdtempSync(path.join(tmpdir(), "mixtures-"));
    const program = await writeProgram({ files: { "index.js": waitingProgram } }, folder);
    const env = { OS_TOKEN: "token-of-mixtures", OS_PROJECT_ID: project.id, OS_AUTH_URL: "http://127.0.0.1:1/v3" };
    const restoreEnvironment = withEnvironment(env);
    const provider = await StartedProvider.start(program, {}, env);
    const trialOf = (i: number) => {
      const random = new Random(seed, i);
      if (i % 40 === 7) return processTrial(random, i, program);
      if (i % 20 === 3) return crowdTrial(random, i);
      return mixtureTrial(random, i, provider);
    };
    return {
      trials: Array.from({ length: quick ? 80 : 600 }, (_, i) => trialOf(i)),
      close: async () => {
        restoreEnvironment();
        provider.stop();
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      },
    };
  },
};

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";
import { StartedProvider } from "../../tests/process/startedProvider";
import { FaultyProxy } from "../servers/faultyProxy";
import { answerNames, unproxied } from "../servers/nameServer";
import { Random } from "../trials/random";
import type { Kind, Size, StartedKind } from "../trials/trial";
import { CloudsFile } from "../waits/cloudsFile";
import { withEnvironment } from "../waits/environment";
import { bodyCases } from "./bodyCases";
import { trialsOf } from "./caseTrials";
import type { FaultCase } from "./faultCase";
import { loginCases } from "./loginCases";
import { networkCases } from "./networkCases";
import { longOutages } from "./longOutages";
import { proxyCases, tunnellings } from "./proxyCases";
import { retryAfterCases } from "./retryAfterCases";
import { statusCases } from "./statusCases";
import { taskCases } from "./taskCases";
import { tlsCases } from "./tlsCases";

const cases: FaultCase[] = [
  ...networkCases,
  ...tlsCases,
  ...statusCases,
  ...retryAfterCases,
  ...bodyCases,
  ...taskCases,
  ...loginCases,
  ...proxyCases,
];

// A case in so many is part of the sample, others for another seed.
const sampled = 4;

/** A service, a network or a proxy that misbehaves in one way. */
export const faults: Kind = {
  name: "faults",
  concurrency: 16,
  atMostSeconds: 60,
  start: async ({ seed, quick }: Size): Promise<StartedKind> => {
    const folder = mkdtempSync(path.join(tmpdir(), "faults-"));
    const clouds = new CloudsFile(folder);
    const proxy = await FaultyProxy.start(tunnellings);
    const env = {
      OS_CLIENT_CONFIG_FILE: clouds.file,
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
      NO_PROXY: unproxied,
    };
    const preload = answerNames(folder);
    const restoreEnvironment = withEnvironment(env);
    const cwd = await writeProgram({ files: { "index.js": "" } }, folder);
    const start = () =>
      StartedProvider.start(cwd, {}, { ...env, NODE_OPTIONS: `--require ${JSON.stringify(preload)}` });
    const providers: [StartedProvider, StartedProvider] = [await start(), await start()];
    const isTried = ({ isLong }: FaultCase, i: number) =>
      !quick || (!isLong && i % sampled === Math.abs(seed) % sampled);
    return {
      trials: [
        ...cases.flatMap((fault, i) =>
          isTried(fault, i) ? trialsOf(fault, new Random(seed, i), { clouds, providers }) : [],
        ),
        ...longOutages(seed),
      ],
      close: async () => {
        restoreEnvironment();
        providers.forEach((provider) => provider.stop());
        proxy.close();
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      },
    };
  },
};

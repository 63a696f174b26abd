import { keepPrinted } from "../observed/printed";
import { withEnvironment } from "../waits/environment";
import { Random } from "../trials/random";
import type { Kind } from "../trials/trial";
import { cloudsFileTrials } from "./cloudsFileTrials";
import { idTrials } from "./idTrials";
import { projectTrials } from "./projectTrials";
import { replyTrials } from "./replyTrials";
import { SpeakingProvider } from "./speakingProvider";
import { terminalTrials } from "./terminalTrials";

const projectId = "b7d40f2e8c1a4963a5e0d9f8c7b62e14";

/** Ids, replies, files and names as nobody sane would make them. */
export const hostileInputs: Kind = {
  name: "hostileInputs",
  concurrency: 16,
  atMostSeconds: 300,
  async start(size) {
    const env = {
      OS_TOKEN: "token-of-hostile-inputs",
      OS_PROJECT_ID: projectId,
      OS_REGION_NAME: "eu-de",
      PULUMI_OTC_DEBUG: "1",
    };
    const restoreEnvironment = withEnvironment(env);
    const stopKeeping = keepPrinted();
    const provider = await SpeakingProvider.start(env);
    const all = [
      ...idTrials(size, projectId),
      ...projectTrials(size),
      ...replyTrials(size),
      ...cloudsFileTrials(size),
      ...terminalTrials(size, provider),
    ];
    const random = new Random(size.seed, 0);
    return {
      trials: size.quick ? all.filter(() => random.chance(15)) : all,
      close: async () => {
        await provider.close();
        stopKeeping();
        restoreEnvironment();
      },
    };
  },
};

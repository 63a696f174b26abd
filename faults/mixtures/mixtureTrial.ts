import { getBackgroundTask } from "../../provider/functions/getBackgroundTask";
import { getBackgroundTasks } from "../../provider/functions/getBackgroundTasks";
import { getQuietInstance } from "../../provider/functions/getQuietInstance";
import type { StartedProvider } from "../../tests/process/startedProvider";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import { waitByFunction } from "../waits/functionWait";
import { waitByCreate } from "../waits/resourceWait";
import type { Verdict } from "../waits/verdict";
import { drawHistory, type History } from "./history";
import { HistoryService, taskName } from "./historyService";
import { judge } from "./judge";

/** Some waits at once, each with a history of its own, on one service. */
export function mixtureTrial(random: Random, i: number, provider: StartedProvider): Trial {
  return {
    name: `run ${i}`,
    run: async () => {
      const histories = Array.from({ length: random.between(1, 4) }, () => drawHistory(random));
      const served = await HistoryService.start(histories);
      try {
        await Promise.all(
          histories.map(async (history) => {
            served.begin(history);
            const verdict = await waitAs(history, served.service.port, provider);
            judge(history, verdict, served.sinceBegin(history));
          }),
        );
      } finally {
        served.service.close();
      }
    },
  };
}

function waitAs(
  { form, instanceId, taskId, args }: History,
  port: number,
  provider: StartedProvider,
): Promise<Verdict> {
  const where = { instanceId, endpoint: `http://127.0.0.1:${port}` };
  const { appearTimeoutSeconds, ...pace } = args;
  switch (form) {
    case "id":
      return waitByFunction(() => getBackgroundTask({ ...where, ...args, taskId }));
    case "name": {
      // A record's time has no fraction of a millisecond.
      const createdAfter = new Date(Date.now() - 2).toISOString();
      return waitByFunction(() => getBackgroundTask({ ...where, ...args, name: taskName, createdAfter }));
    }
    case "quiet":
      return waitByFunction(() => getQuietInstance({ ...where, ...pace, appearTimeoutSeconds, quietSeconds: 0.2 }));
    case "list":
      return waitByFunction(() => getBackgroundTasks({ ...where, ...args }));
    case "resource":
      return waitByCreate(provider, { ...where, ...args, taskId });
  }
}

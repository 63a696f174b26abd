import { getBackgroundTask } from "../../provider/functions/getBackgroundTask";
import { getBackgroundTasks } from "../../provider/functions/getBackgroundTasks";
import { getQuietInstance } from "../../provider/functions/getQuietInstance";
import { barrier, create, deletingRecord, read, search, update } from "../../provider/lifecycle";
import { backgroundTaskStillSucceeded } from "../../provider/policy/backgroundTaskStillSucceeded";
import type { ServiceName } from "../../provider/task/services";
import { recordedAs } from "../../tests/unit/provider/policy/recordedStacks";
import { analyzeStack } from "../../tests/unit/provider/policy/sdkCalls";
import { checked } from "./checked";

export interface Ids {
  projectId: string;
  instanceId: string;
  taskId: string;
}

/** A way in which ids get into requests. */
export interface Call {
  name: string;
  service: ServiceName;
  /** Which ids it takes from its caller or from a state. */
  takes: (keyof Ids)[];
  run(ids: Ids, endpoint: string): Promise<unknown>;
  /** A rule of a policy pack ends in verdicts, whatever it meets. */
  neverRejects?: true;
}

const all: (keyof Ids)[] = ["projectId", "instanceId", "taskId"];
const place: (keyof Ids)[] = ["projectId", "instanceId"];
const early = "2020-01-01T00:00:00Z";
const pace = { timeoutSeconds: 5, appearTimeoutSeconds: 0, minDelaySeconds: 0.1 };

const ofEachService = (["kafka", "rabbitmq", "rocketmq", "dcs"] as const).flatMap((service): Call[] => {
  const call = (name: string, takes: (keyof Ids)[], run: Call["run"]) => ({ name: `${name}, ${service}`, service, takes, run }); // prettier-ignore
  return [
    call("getBackgroundTask by id", all, (ids, endpoint) => getBackgroundTask({ ...ids, endpoint, service, ...pace })),
    call("getBackgroundTask by name", place, ({ taskId: _, ...ids }, endpoint) =>
      getBackgroundTask({ ...ids, name: "restart", wait: false, endpoint, service }),
    ),
    call("getBackgroundTasks", place, ({ taskId: _, ...ids }, endpoint) =>
      getBackgroundTasks({ ...ids, endpoint, service, ...pace }),
    ),
    call("BackgroundTask, created", all, (ids, endpoint) =>
      checked("task", { ...ids, endpoint, service, ...pace }, (inputs) => create(inputs as never)),
    ),
    call("BackgroundTask, deleted with its record", all, (ids, endpoint) => {
      const state = { ...ids, endpoint, service, status: "SUCCESS" };
      return deletingRecord.delete([service, ...Object.values(inOrder(ids))].join("/"), state);
    }),
  ];
});

const ofOneService: Omit<Call, "service">[] = [
  {
    name: "getQuietInstance",
    takes: place,
    run: ({ taskId: _, ...ids }, endpoint) => getQuietInstance({ ...ids, endpoint, quietSeconds: 0, ...pace }),
  },
  {
    name: "BackgroundTask, found by name",
    takes: place,
    run: ({ taskId: _, ...ids }, endpoint) =>
      checked("search", { ...ids, name: "restart", createdAfter: early, endpoint, ...pace }, (inputs) =>
        search.create(inputs as never),
      ),
  },
  {
    name: "QuietInstance, created",
    takes: place,
    run: ({ taskId: _, ...ids }, endpoint) =>
      checked("barrier", { ...ids, quietSeconds: 0, endpoint, ...pace }, (inputs) => barrier.create(inputs as never)),
  },
  {
    name: "QuietInstance, resumed from a state",
    takes: ["taskId"],
    run: ({ taskId, ...ids }, endpoint) => {
      const inputs = { ...ids, quietSeconds: 0, endpoint, ...pace };
      const tasks = [{ ...ids, taskId, name: "restart", status: "EXECUTING", createdAt: early }];
      return barrier.update("id", { ...inputs, tasks }, inputs);
    },
  },
  {
    name: "BackgroundTask, read by its id alone",
    takes: all,
    run: (ids, endpoint) => read(["kafka", ...inOrder(ids)].join("/"), { endpoint }),
  },
  {
    name: "BackgroundTask, refreshed from a state",
    takes: ["projectId"],
    run: (ids, endpoint) =>
      read(["kafka", "-", ids.instanceId, ids.taskId].join("/"), { ...ids, endpoint, status: "EXECUTING" }),
  },
  {
    name: "BackgroundTask, resumed from a state",
    takes: all,
    run: (ids, endpoint) =>
      checked("task", { ...ids, endpoint, ...pace }, (inputs) =>
        update("id", { ...inputs, status: "EXECUTING", createdAt: early }, inputs as never),
      ),
  },
  {
    name: "a policy that asks about a state's tasks",
    takes: all,
    neverRejects: true,
    run: (ids, endpoint) => {
      const props = { ...ids, endpoint, status: "SUCCESS" };
      const task = recordedAs("first update", "stack", ["BackgroundTask", "succeeded"], props);
      return analyzeStack(backgroundTaskStillSucceeded, [task], {
        timeoutSeconds: 5,
        onUnreachable: "violate",
        maxTasks: 9,
      });
    },
  },
];

export const calls: Call[] = [
  ...ofEachService,
  ...ofOneService.map((call) => ({ ...call, service: "kafka" as const })),
];

function inOrder({ projectId, instanceId, taskId }: Ids): string[] {
  return [projectId, instanceId, taskId];
}

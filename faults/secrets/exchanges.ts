import { getBackgroundTask } from "../../provider/functions/getBackgroundTask";
import { getQuietInstance } from "../../provider/functions/getQuietInstance";
import { barrier, create } from "../../provider/lifecycle";
import { backgroundTaskStillSucceeded } from "../../provider/policy/backgroundTaskStillSucceeded";
import { recordedAs } from "../../tests/unit/provider/policy/recordedStacks";
import { analyzeStack } from "../../tests/unit/provider/policy/sdkCalls";
import type { Answer } from "../answers/recordingServer";

/** What is asked while the service echoes a secret, and how it echoes it. */
export interface Exchange {
  name: string;
  echoes(echo: string): Answer;
  /** Resolves with what may be shown of it. */
  ask(ids: { instanceId: string; taskId: string }): Promise<unknown>;
}

const briefly = { timeoutSeconds: 0.3, appearTimeoutSeconds: 0, minDelaySeconds: 0.1 };
const patiently = { timeoutSeconds: 10, appearTimeoutSeconds: 0 };
const refusal = (error_msg: string): Answer => ({ status: 403, body: { error_code: "DMS.00403002", error_msg } });
const created_at = "2099-01-01T00:00:00.000Z";

export const exchanges: Exchange[] = [
  { name: "a refusal, to a function", echoes: refusal, ask: (ids) => getBackgroundTask({ ...ids, ...patiently }) },
  {
    name: "a refusal's code, to a function",
    echoes: (echo) => ({ status: 400, body: { error_code: echo, error_msg: "no" } }),
    ask: (ids) => getBackgroundTask({ ...ids, ...patiently }),
  },
  {
    name: "an outage that is retried, to a function",
    echoes: (echo) => ({ status: 503, body: { error_code: "DMS.1", error_msg: echo } }),
    ask: (ids) => getBackgroundTask({ ...ids, ...briefly }),
  },
  {
    name: "a body that is no JSON, to a barrier",
    echoes: (echo) => ({ status: 200, body: `<html>${echo}</html>` }),
    ask: ({ instanceId }) => getQuietInstance({ instanceId, quietSeconds: 0, ...briefly }),
  },
  {
    name: "a 401, to a function",
    echoes: (echo) => ({ status: 401, body: { error_code: "APIGW.0301", error_msg: echo } }),
    ask: (ids) => getBackgroundTask({ ...ids, ...patiently }),
  },
  {
    name: "a failed task's parameters, to a function",
    echoes: (echo) => ({ status: 200, body: { tasks: [{ id: "TASK", status: "FAILED", params: echo, created_at }] } }),
    ask: (ids) => getBackgroundTask({ ...ids, ...patiently }),
  },
  {
    name: "an unknown status, to a function",
    echoes: (echo) => ({ status: 200, body: { tasks: [{ id: "TASK", name: echo, status: echo, created_at }] } }),
    ask: (ids) => getBackgroundTask({ ...ids, ...briefly }),
  },
  {
    name: "an instance's unknown status, to a barrier",
    echoes: (echo) => ({ status: 200, body: { tasks: [], instance_id: "INSTANCE", status: echo } }),
    ask: ({ instanceId }) => getQuietInstance({ instanceId, quietSeconds: 0, ...briefly }),
  },
  { name: "a refusal, to a resource", echoes: refusal, ask: (ids) => create({ ...ids, ...patiently }) },
  {
    name: "a refusal, to a barrier's resource",
    echoes: refusal,
    ask: ({ instanceId }) => barrier.create({ instanceId, quietSeconds: 0, ...patiently }),
  },
  {
    name: "a refusal, to a policy",
    echoes: refusal,
    ask: (ids) => {
      const elsewhere = { region: undefined, cloud: undefined, endpoint: undefined, projectId: undefined };
      const task = recordedAs("first update", "stack", ["BackgroundTask", "succeeded"], { ...ids, ...elsewhere });
      return analyzeStack(backgroundTaskStillSucceeded, [task], { timeoutSeconds: 5, onUnreachable: "violate", maxTasks: 9 });
    },
  },
]; // prettier-ignore

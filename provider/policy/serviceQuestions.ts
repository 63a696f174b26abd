import { RetriedRequests } from "../wait/retriedRequests";
import { systemClock } from "../clock/clock";
import { BackgroundTaskError } from "../task/errors";
import { identityInProgram } from "../functions/programConfiguration";
import { isForbidden } from "../http/errorReply";
import { quote } from "../output/secrets";
import type { CloudProvider } from "../task/cloudProviders";
import { defaultService, isServiceName, type ServiceName } from "../task/services";
import type { Place } from "../settings/settings";
import type { BackgroundTaskResult } from "../task/task";
import type { Absence } from "../service/client";
import { instanceViewWith } from "../service/instanceView";
import { lookWith } from "../service/taskLook";
import { isTerminal } from "../task/taskStatus";

/** An answer, or the reason why there is none: half a sentence. */
export type Answer<T> = { answer: T } | { whyNot: string };

/** The requests of a policy, with a common deadline. A pack's process has the settings of the program. */
export class ServiceQuestions {
  private readonly requests: RetriedRequests;

  constructor(timeoutSeconds: number) {
    this.requests = new RetriedRequests({
      clock: systemClock,
      deadlineMs: systemClock.nowMs() + timeoutSeconds * 1000,
    });
  }

  /** A task as it is now; undefined if its record is gone. */
  taskNow(task: BackgroundTaskResult, place: Place): Promise<Answer<BackgroundTaskResult | undefined>> {
    return answerTo(async () => {
      if (task.service !== undefined && !isServiceName(task.service)) {
        return { whyNot: `unknown service ${quote(String(task.service))}` };
      }
      const look = lookWith(identityInProgram(place), task.service ?? defaultService);
      const { task: now } = await this.requests.ask((bounds) => look(task, bounds));
      return { answer: now };
    });
  }

  /** An instance's tasks and, once none of them is in progress, its own status. */
  instanceNow(instanceId: string, service: ServiceName, place: Place): Promise<Answer<InstanceNow>> {
    return answerTo<InstanceNow>(async () => {
      const { listTasks, showInstance } = instanceViewWith(identityInProgram(place), service);
      const { tasks, absence } = await listTasks({ instanceId }, this.requests.ask);
      if (absence) {
        return { whyNot: describeAbsence(absence) };
      }
      if (tasks.some((task) => !isTerminal(task.status, service))) {
        return { answer: { tasks } };
      }
      try {
        const shown = await this.requests.ask((bounds) => showInstance(instanceId, bounds));
        return shown.absence
          ? { whyNot: describeAbsence(shown.absence) }
          : { answer: { tasks, own: { status: shown.status } } };
      } catch (error) {
        if (isForbidden(error)) {
          return { answer: { tasks, forbidden: error.message } };
        }
        throw error;
      }
    });
  }
}

/** An instance as it is now. */
export interface InstanceNow {
  /** Newest first. */
  tasks: BackgroundTaskResult[];
  /** Its own status; undefined if a task is in progress, or the caller has no permission to look at it. */
  own?: { status?: string };
  /** The service's refusal to show the instance. */
  forbidden?: string;
}

function describeAbsence({ reason }: Absence): string {
  return `the instance was not found${reason ? ` (${reason})` : ""}`;
}

async function answerTo<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await ask();
  } catch (error) {
    // A rule must end with verdicts, even if an unexpected error occurs.
    const message = error instanceof BackgroundTaskError ? error.message : quote(String(error));
    return { whyNot: message.replace(/\.$/, "") };
  }
}

/** Answers about instances, reused for a while: many resources of one instance need few requests. */
export class RecentInstances {
  private readonly recent = new Map<string, { askedMs: number; now: Promise<Answer<InstanceNow>> }>();

  /** @param limits - The cloud if it is known, how long the requests may take, and how long an answer is reused. */
  instanceNow(
    instanceId: string,
    service: ServiceName,
    { cloudProvider, ...limits }: { timeoutSeconds: number; reuseSeconds: number; cloudProvider?: CloudProvider },
  ): Promise<Answer<InstanceNow>> {
    const key = `${cloudProvider ?? ""}/${service}/${instanceId}`;
    const askedMs = systemClock.nowMs();
    const last = this.recent.get(key);
    if (last !== undefined && askedMs - last.askedMs < limits.reuseSeconds * 1000) {
      return last.now;
    }
    const now = new ServiceQuestions(limits.timeoutSeconds).instanceNow(instanceId, service, { cloudProvider });
    this.recent.set(key, { askedMs, now });
    return now;
  }
}

import { RetriedRequests } from "../wait/retriedRequests";
import { systemClock } from "../clock/clock";
import { BackgroundTaskError } from "../task/errors";
import { identityInProgram } from "../functions/programConfiguration";
import { quote } from "../output/secrets";
import { defaultService, isServiceName, type ServiceName } from "../task/services";
import type { Place } from "../settings/settings";
import type { BackgroundTaskResult } from "../task/task";
import { listTasksWith } from "../service/taskList";
import { lookWith } from "../service/taskLook";

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

  /** All tasks of an instance, newest first. */
  tasksOf(instanceId: string, service: ServiceName): Promise<Answer<BackgroundTaskResult[]>> {
    return answerTo<BackgroundTaskResult[]>(async () => {
      const list = listTasksWith(identityInProgram({}), service);
      const { tasks, absence } = await list({ instanceId }, this.requests.ask);
      return absence
        ? { whyNot: `the instance was not found${absence.reason ? ` (${absence.reason})` : ""}` }
        : { answer: tasks };
    });
  }
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
export class RecentTaskLists {
  private readonly recent = new Map<string, { askedMs: number; tasks: Promise<Answer<BackgroundTaskResult[]>> }>();

  /** @param limits - How long the requests may take, and how long an answer is reused. */
  tasksOf(
    instanceId: string,
    service: ServiceName,
    limits: { timeoutSeconds: number; reuseSeconds: number },
  ): Promise<Answer<BackgroundTaskResult[]>> {
    const key = `${service}/${instanceId}`;
    const askedMs = systemClock.nowMs();
    const last = this.recent.get(key);
    if (last !== undefined && askedMs - last.askedMs < limits.reuseSeconds * 1000) {
      return last.tasks;
    }
    const tasks = new ServiceQuestions(limits.timeoutSeconds).tasksOf(instanceId, service);
    this.recent.set(key, { askedMs, tasks });
    return tasks;
  }
}

import { AnsweredRequests } from "../wait/retriedRequests";
import type { TaskReply } from "../service/client";
import { systemClock } from "../clock/clock";
import { BackgroundTaskError } from "../task/errors";
import { identityInProgram } from "../functions/functionCall";
import type { ServiceName } from "../task/services";
import type { Place } from "../settings/settings";
import type { BackgroundTaskResult } from "../task/task";
import { listTasksWith } from "../service/taskList";
import type { TaskListing } from "../service/taskList";
import { lookWith } from "../service/taskLook";

/** Answers, or half a sentence that says why there is none. */
export type Answer<T> = { answer: T } | { whyNot: string };

/**
 * What a policy asks of the service, until a common deadline. A pack's process has the program's environment and the
 * stack's configuration, so that the settings are those of the program.
 */
export class ServiceQuestions {
  private readonly requests: AnsweredRequests;

  constructor(timeoutSeconds: number) {
    this.requests = new AnsweredRequests(systemClock, systemClock.nowMs() + timeoutSeconds * 1000);
  }

  /** The task as it is now. */
  look(task: BackgroundTaskResult, place: Place): Promise<Answer<TaskReply>> {
    return answerTo(() => {
      const look = lookWith(identityInProgram(place), task.service);
      return this.requests.answered((bounds) => look(task, bounds));
    });
  }

  /** All tasks of an instance. */
  list(instanceId: string, service: ServiceName): Promise<Answer<TaskListing>> {
    return answerTo(() => {
      const list = listTasksWith(identityInProgram({}), service);
      return list({ instanceId }, (request) => this.requests.answered(request));
    });
  }
}

async function answerTo<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (error instanceof BackgroundTaskError) {
      return { whyNot: error.message.replace(/\.$/, "") };
    }
    throw error;
  }
}

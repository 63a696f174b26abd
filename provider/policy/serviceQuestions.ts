import { AnsweredRequests } from "../wait/retriedRequests";
import type { TaskReply } from "../service/client";
import { systemClock } from "../clock/clock";
import { BackgroundTaskError } from "../task/errors";
import { identityInProgram } from "../functions/programConfiguration";
import type { ServiceName } from "../task/services";
import type { Place } from "../settings/settings";
import type { BackgroundTaskResult } from "../task/task";
import { listTasksWith, type TaskListing } from "../service/taskList";
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

/** An instance's tasks, newest first, or half a sentence that says why they could not be had. */
export type InstanceListing = { tasks: BackgroundTaskResult[] } | { whyNot: string };

/** The lists of tasks that a pack's process has asked for, so that many resources of one instance need few requests. */
export class InstanceListings {
  private readonly recent = new Map<string, { askedMs: number; listing: Promise<InstanceListing> }>();

  /** @param limits - For how long one question may take, and an answer may be used again. */
  of(
    instanceId: string,
    service: ServiceName,
    limits: { timeoutSeconds: number; reuseSeconds: number },
  ): Promise<InstanceListing> {
    const key = `${service}/${instanceId}`;
    const askedMs = systemClock.nowMs();
    const last = this.recent.get(key);
    if (last !== undefined && askedMs - last.askedMs < limits.reuseSeconds * 1000) {
      return last.listing;
    }
    const listing = ask(instanceId, service, limits.timeoutSeconds);
    this.recent.set(key, { askedMs, listing });
    return listing;
  }
}

async function ask(instanceId: string, service: ServiceName, timeoutSeconds: number): Promise<InstanceListing> {
  const listed = await new ServiceQuestions(timeoutSeconds).list(instanceId, service);
  if ("whyNot" in listed) {
    return listed;
  }
  const { tasks, absence } = listed.answer;
  return absence ? { whyNot: `it was not found${absence.reason ? ` (${absence.reason})` : ""}` } : { tasks };
}

import { systemClock } from "../clock/clock";
import type { ServiceName } from "../task/services";
import type { BackgroundTaskResult } from "../task/task";
import { ServiceQuestions } from "./serviceQuestions";

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

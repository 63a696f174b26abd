import type { PlannedReply } from "./plannedReply";
import { errorBody, type Reply } from "./refusals";
import { IAM_ROUTE_NAMES } from "./routeNames";

const IAM_ROUTES: ReadonlySet<string> = new Set(IAM_ROUTE_NAMES);

/** The plans for coming requests, by route. */
export class PlannedReplies {
  private queue: { plan: PlannedReply; left: number }[] = [];

  add(plan: PlannedReply): void {
    this.queue.push({ plan, left: plan.times ?? 1 });
  }

  /** The plan for this request, used up by it. */
  take(route: string): PlannedReply | undefined {
    const entry =
      this.queue.find(({ plan }) => plan.route === route) ?? this.queue.find(({ plan }) => plan.route === "any");
    if (entry === undefined) {
      return undefined;
    }
    entry.left -= 1;
    if (entry.left <= 0) {
      this.queue = this.queue.filter((other) => other !== entry);
    }
    return entry.plan;
  }

  clear(): void {
    this.queue = [];
  }
}

/** The reply that a plan replaces the usual one with; undefined if it only delays, cuts or resets that one. */
export function replyOf(plan: PlannedReply, route: string): Reply | undefined {
  const { status, code, message, body } = plan;
  if (status === undefined && code === undefined && message === undefined && body === undefined) {
    return undefined;
  }
  if (body !== undefined) {
    return { status: status ?? 200, body };
  }
  return plannedError(route, status ?? 500, code, message ?? "This reply was planned.");
}

function plannedError(route: string, status: number, code: string | undefined, message: string): Reply {
  if (status < 400 && code === undefined) {
    return { status };
  }
  if (code === undefined && IAM_ROUTES.has(route)) {
    return { status, body: errorBody("iam", status, "Error", message) };
  }
  const form = code !== undefined && /^APIG/.test(code) ? "gateway" : "dms";
  return { status, body: errorBody(form, status, code ?? "DMS.00500000", message) };
}

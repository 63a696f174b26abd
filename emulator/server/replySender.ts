import { randomBytes } from "node:crypto";
import type { Response } from "express";
import type { PlannedReply } from "../http/plannedReply";
import type { Reply } from "../http/refusals";

/** Writes a reply, or as much of it as the plan lets through. */
export function sendReply(response: Response, reply: Reply, plan: PlannedReply | undefined): void {
  if (plan?.resetConnection === true && plan.truncate !== true) {
    response.socket?.resetAndDestroy();
    return;
  }
  const bytes = bodyBytes(reply.body);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  response.status(reply.status);
  response.setHeader("X-Request-Id", requestIdOf(reply.body));
  if (bytes.length > 0) {
    response.setHeader("Content-Type", "application/json;charset=utf8");
  }
  for (const [name, value] of Object.entries({ ...reply.headers, ...plan?.headers })) {
    response.setHeader(name, value);
  }
  if (plan?.truncate !== true) {
    response.end(bytes);
  } else if (plan.resetConnection !== true) {
    response.end(half);
  } else {
    response.setHeader("Content-Length", bytes.length);
    response.write(half, () => response.socket?.destroy());
  }
}

function bodyBytes(body: unknown): Buffer {
  if (body === undefined) {
    return Buffer.alloc(0);
  }
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body), "utf8");
}

/** The gateway numbers each request in a header, and repeats the number in its own error bodies. */
function requestIdOf(body: unknown): string {
  const id = typeof body === "object" && body !== null && "request_id" in body ? body.request_id : undefined;
  return typeof id === "string" ? id : randomBytes(16).toString("hex");
}

import type { SignedRequest } from "../accounts/canonicalRequest";
import type { Reply } from "../http/refusals";
import type { RouteName } from "../http/routeNames";

/** One request, as a route's handler sees it. */
export interface Call extends SignedRequest {
  query: URLSearchParams;
  params: { [name: string]: string };
}

/** A published API. Logs, counts and planned replies use its name. */
export interface Route {
  name: RouteName;
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  /** Returns the reply, or throws a Refusal. */
  handle: (call: Call) => Reply;
}

/** The body as JSON; undefined when it is empty. */
export function jsonBody(call: Call, refusal: () => Error): unknown {
  if (call.body.length === 0) {
    return undefined;
  }
  try {
    return JSON.parse(call.body.toString("utf8"));
  } catch {
    throw refusal();
  }
}

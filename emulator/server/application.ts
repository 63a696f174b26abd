import express from "express";
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from "express";
import { replyOf } from "../http/plannedReplies";
import { Refusal, refuse, type Reply } from "../http/refusals";
import { loggedQuery, type RequestRecord } from "../http/requestLog";
import type { ControlRoute } from "../routes/controlRoutes";
import type { Call, Route } from "../routes/route";
import type { Service } from "../service/service";
import { sendReply } from "./replySender";

interface ApplicationParts {
  service: Service;
  /** The service's own routes: logged, counted, open to plans. */
  serviceRoutes: Route[];
  controlRoutes: ControlRoute[];
  /** Ends after so many seconds of the wall clock, or never, if the server closes before. */
  pause: (seconds: number) => Promise<void>;
  log: (line: string) => void;
}

export function makeApplication(parts: ApplicationParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag"); // the service sends none, and 304 is no reply of its
  app.enable("strict routing"); // to the service a slash at the end is another, unpublished URL
  app.enable("case sensitive routing");
  app.use((_request, response, next) => {
    response.setHeader("Date", new Date(parts.service.clock.nowMs()).toUTCString());
    next();
  });
  // Signatures cover the body's bytes, so it is kept as it came. 12 MB is the gateway's own bound.
  app.use(express.raw({ type: () => true, limit: 12 * 1024 * 1024, inflate: false }));
  for (const route of parts.controlRoutes) {
    app[route.method](route.path, (request, response) => {
      sendReply(response, answer(route, callOf(request)), undefined);
    });
  }
  for (const route of parts.serviceRoutes) {
    app[route.method](route.path, serve(parts, route));
  }
  app.use(serve(parts, { name: "unknown", handle: () => { throw refuse("apiMissing"); } })); // prettier-ignore
  app.use(malformed);
  return app;
}

function serve(parts: ApplicationParts, route: Pick<Route, "name" | "handle">): RequestHandler {
  return async (request, response) => {
    const plan = parts.service.replies.take(route.name);
    const record = parts.service.log.add(recordOf(parts.service, route.name, request, plan !== undefined));
    if (plan?.delaySeconds !== undefined) {
      await parts.pause(plan.delaySeconds);
    }
    if (response.destroyed) {
      return; // the client did not wait
    }
    const reply = (plan && replyOf(plan, route.name)) ?? answer(route, callOf(request));
    if (plan?.resetConnection !== true) {
      record.status = reply.status;
    }
    parts.log(
      `${new Date(record.timeMs).toISOString()} ${route.name} ${record.method} ${record.path} ${record.status ?? "reset"}`,
    );
    sendReply(response, reply, plan);
  };
}

function answer(route: Pick<Route, "handle">, call: Call): Reply {
  try {
    return route.handle(call);
  } catch (error) {
    if (error instanceof Refusal) {
      return error.reply;
    }
    throw error;
  }
}

function callOf(request: Request): Call {
  const rawUrl = request.originalUrl;
  const mark = rawUrl.indexOf("?");
  const params = Object.entries(request.params).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method,
    rawUrl,
    headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    query: new URLSearchParams(mark < 0 ? "" : rawUrl.slice(mark + 1)),
    params: Object.fromEntries(params) as { [name: string]: string },
  };
}

function recordOf(service: Service, route: string, request: Request, planned: boolean): RequestRecord {
  const { query, params } = callOf(request);
  const { projectId, instanceId, taskId } = params;
  return {
    timeMs: service.clock.nowMs(),
    route,
    method: request.method,
    path: withoutSecrets(service, request.path),
    query: loggedQuery(query),
    planned,
    ...(projectId !== undefined && { projectId }),
    ...(instanceId !== undefined && { instanceId }),
    ...(taskId !== undefined && { taskId }),
  };
}

/** Paths are logged for tests; a token or a key in a path is masked. */
function withoutSecrets(service: Service, path: string): string {
  const { password, secretKey } = service.account;
  return path
    .split("/")
    .map((part) => (part.length > 128 || part.includes(password) || part.includes(secretKey) ? "***" : part))
    .join("/");
}

/** What never reaches a route: broken percent-encoding, a body that is too large or cut short. */
const malformed: ErrorRequestHandler = (
  error: { status?: number; message?: string },
  _request,
  response: Response,
  next,
) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const name = error.status === 413 ? "bodyTooLarge" : "badRequest";
  sendReply(
    response,
    error.status !== undefined && error.status < 500
      ? refuse(name).reply
      : { status: 500, body: { message: `The emulator failed: ${error.message ?? "unknown"}` } },
    undefined,
  );
};

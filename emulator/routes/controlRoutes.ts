import { z } from "zod";
import type { PlannedReply } from "../http/plannedReply";
import { Refusal, type Reply } from "../http/refusals";
import type { Emulator } from "../service/emulator";
import { parseInput, progressSchema } from "../service/schemas";
import type { NewTask } from "../tasks/newTask";
import { type Call, jsonBody, type Route } from "./route";

/** It has no name, so it is neither logged nor counted, and no plan can name it. */
export type ControlRoute = Omit<Route, "name">;

const progressBodySchema = z.strictObject({ progress: progressSchema });

/**
 * The same controls over HTTP, for a process that only has the URL. Without authentication: the service listens on
 * loopback only, and its data are made up. `emulator` checks its input, so bodies are passed on unchanged.
 */
export function controlRoutes(emulator: Emulator): ControlRoute[] {
  const route = (method: Route["method"], path: string, act: (call: Call) => Reply): ControlRoute => ({
    method,
    path: `/_emulator${path}`,
    handle: (call) => withMessages(() => act(call)),
  });
  const ok = (body: unknown): Reply => ({ status: 200, body });
  const done: Reply = { status: 204 };
  return [
    route("get", "/tasks", () => ok({ tasks: emulator.tasks() })),
    route("post", "/tasks", (call) => ({ status: 201, body: emulator.addTask(body(call) as NewTask) })),
    route("put", "/tasks/:taskId/progress", (call) => {
      const { progress } = parseInput(progressBodySchema, body(call), "body");
      return ok(emulator.setTaskProgress(call.params.taskId ?? "", progress));
    }),
    route("delete", "/tasks/:taskId", (call) => {
      emulator.removeTask(call.params.taskId ?? "");
      return done;
    }),
    route("post", "/instances", (call) => ({
      status: 201,
      body: { instanceId: emulator.addInstance(body(call) ?? {}) },
    })),
    route("post", "/replies", (call) => {
      emulator.replyNext(body(call) as PlannedReply);
      return done;
    }),
    route("patch", "/settings", (call) => {
      emulator.configure(body(call) ?? {});
      return done;
    }),
    route("post", "/expire-tokens", () => {
      emulator.expireTokens();
      return done;
    }),
    route("post", "/revoke-access-key", () => {
      emulator.revokeAccessKey();
      return done;
    }),
    route("get", "/requests", () => ok({ counts: emulator.counts(), requests: emulator.requests() })),
    route("get", "/events", () => ok({ nowMs: emulator.now(), events: emulator.events() })),
    route("post", "/reset", () => {
      emulator.reset();
      return done;
    }),
  ];
}

function body(call: Call): unknown {
  return jsonBody(call, () => new Error("The body is not valid JSON."));
}

/** One sentence for whatever is wrong with a control request. */
function withMessages(act: () => Reply): Reply {
  try {
    return act();
  } catch (error) {
    throw new Refusal({ status: 400, body: { message: error instanceof Error ? error.message : String(error) } });
  }
}

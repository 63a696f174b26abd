import { readFileSync } from "node:fs";
import path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { propertiesOf, type StartedProvider } from "../../tests/process/startedProvider";
import { timed, type Verdict } from "./verdict";

interface Properties {
  [name: string]: unknown;
}

/** A wait by a resource, and what the engine would record of it. */
export interface ResourceVerdict extends Verdict {
  id: string;
  state: Properties;
}

/** The text of the provider that searches for a task by name. */
export const searchProviderText = readFileSync(
  path.join(repositoryRoot, "tests", "recordings", "search-provider-text.js.txt"),
  "utf8",
);

/** Creates a resource in a provider process. */
export function waitByCreate({ call }: StartedProvider, inputs: Properties): Promise<ResourceVerdict> {
  const request = new messages.CreateRequest();
  request.setProperties(propertiesOf(inputs));
  return recorded(async () => {
    const reply = await call<messages.CreateResponse>("create", request);
    return { id: reply.getId(), state: reply.getProperties()!.toJavaScript() };
  });
}

/** Updates a resource that was recorded. */
export function waitByUpdate(
  { call }: StartedProvider,
  id: string,
  olds: Properties,
  inputs: Properties,
): Promise<ResourceVerdict> {
  const request = new messages.UpdateRequest();
  request.setId(id);
  request.setOlds(propertiesOf(olds));
  request.setNews(propertiesOf(inputs));
  return recorded(async () => {
    const reply = await call<messages.UpdateResponse>("update", request);
    return { id, state: reply.getProperties()!.toJavaScript() };
  });
}

/** Checks the inputs of a new resource, and returns them as the engine would go on with them. */
export async function checkInputs({ call }: StartedProvider, inputs: Properties): Promise<Properties> {
  const request = new messages.CheckRequest();
  request.setOlds(propertiesOf({}));
  request.setNews(propertiesOf(inputs));
  return (await call<messages.CheckResponse>("check", request)).getInputs()!.toJavaScript();
}

/** What an update would do to a recorded resource. */
export async function changesTo(
  { call }: StartedProvider,
  { id, state }: ResourceVerdict,
  inputs: Properties,
): Promise<"none" | "update" | "replace"> {
  const request = new messages.DiffRequest();
  request.setId(id);
  request.setOlds(propertiesOf(state));
  request.setNews(propertiesOf(inputs));
  const reply = await call<messages.DiffResponse>("diff", request);
  if (reply.getReplacesList().length > 0) return "replace";
  return reply.getChanges() === messages.DiffResponse.DiffChanges.DIFF_NONE ? "none" : "update";
}

function recorded(operate: () => Promise<{ id: string; state: Properties }>): Promise<ResourceVerdict> {
  return timed(async () => {
    try {
      const { id, state } = await operate();
      return { id, state, task: state };
    } catch (error) {
      return { ...failureOf(error as grpc.ServiceError) };
    }
  });
}

/** A failed wait is recorded as a resource that was not initialised; whatever else fails is a fault of its own. */
function failureOf(error: grpc.ServiceError): Omit<ResourceVerdict, "seconds" | "stalledSeconds"> {
  const [packed] = (error.metadata?.get("grpc-status-details-bin") ?? []) as Buffer[];
  if (!packed) throw new Error(`nothing was recorded: ${error.message}`);
  const [detail] = Status.deserializeBinary(packed).getDetailsList();
  const failure = messages.ErrorResourceInitFailed.deserializeBinary(detail!.getValue_asU8());
  return {
    id: failure.getId(),
    state: failure.getProperties()!.toJavaScript(),
    error: { message: failure.getReasonsList().join("\n") },
  };
}

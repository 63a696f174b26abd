import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { propertiesOf, type StartedProvider } from "./startedProvider";

// What the engine calls, and what comes back.

export const create = ({ call }: StartedProvider, inputs: object) => {
  const request = new messages.CreateRequest();
  request.setProperties(propertiesOf(inputs));
  return call<messages.CreateResponse>("create", request);
};

export const update = async ({ call }: StartedProvider, id: string, olds: object, news: object) => {
  const request = new messages.UpdateRequest();
  request.setId(id);
  request.setOlds(propertiesOf(olds));
  request.setNews(propertiesOf(news));
  return (await call<messages.UpdateResponse>("update", request)).getProperties()!.toJavaScript();
};

export const read = async ({ call }: StartedProvider, id: string, state: object) => {
  const request = new messages.ReadRequest();
  request.setId(id);
  request.setProperties(propertiesOf(state));
  return (await call<messages.ReadResponse>("read", request)).getProperties()!.toJavaScript();
};

export const diff = async ({ call }: StartedProvider, id: string, olds: object, news: object) => {
  const request = new messages.DiffRequest();
  request.setId(id);
  request.setOlds(propertiesOf(olds));
  request.setNews(propertiesOf(news));
  const reply = await call<messages.DiffResponse>("diff", request);
  return { changes: reply.getChanges(), replaces: reply.getReplacesList() };
};

/** The details of a resource that was recorded as not initialised. */
export function initFailure(error: unknown) {
  const [packed] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin") as Buffer[];
  const [detail] = Status.deserializeBinary(packed!).getDetailsList();
  return messages.ErrorResourceInitFailed.deserializeBinary(detail!.getValue_asU8());
}

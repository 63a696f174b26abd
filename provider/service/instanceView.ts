import type { Identity } from "../identity/identity";
import type { ServiceName } from "../task/services";
import { type ShowInstance, showInstanceWith, type ShowTask } from "./client";
import { type ListTasks, listTasksWith } from "./taskList";
import { lookWith } from "./taskLook";

/** What a barrier sees of an instance: all of its tasks, a task that a list leaves out, and its own status. */
export interface InstanceView {
  service: ServiceName;
  listTasks: ListTasks;
  showTask: ShowTask;
  showInstance: ShowInstance;
}

export function instanceViewWith(identity: Identity, service: ServiceName): InstanceView {
  return {
    service,
    listTasks: listTasksWith(identity, service),
    showTask: lookWith(identity, service),
    showInstance: showInstanceWith(identity, service),
  };
}

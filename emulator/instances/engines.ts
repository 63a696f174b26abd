import type { RefusalName } from "../http/refusals";
import type { Engine } from "./newInstance";

/** What differs between the services where they have the same URLs. */
export interface EngineFacts {
  /** The list's parameter for the earliest start of a task. */
  windowBegin: "begin_time" | "start_time";
  /** How the list is always paged, whatever the setting. */
  paging?: "offset";
  taskCount: "string" | "number";
  refusals: {
    parameter: RefusalName;
    bodyNotJson: RefusalName;
    taskRunning: RefusalName;
    instanceStatus: RefusalName;
    instanceMissing: RefusalName;
    taskIdFormat: RefusalName;
    taskMissing: RefusalName;
    taskNotEnded: RefusalName;
  };
  bindTask: "bindInstancePublicIp" | "BindEip";
  unbindTask: "unbindInstancePublicIp" | "UnBindEip";
}

/** DMS API reference, and Huawei Cloud's for RabbitMQ and RocketMQ, whose task calls are the same. */
const DMS: EngineFacts = {
  windowBegin: "begin_time",
  taskCount: "string",
  refusals: {
    parameter: "parameter",
    bodyNotJson: "bodyNotJson",
    taskRunning: "taskRunning",
    instanceStatus: "instanceStatus",
    instanceMissing: "instanceMissing",
    taskIdFormat: "taskIdFormat",
    taskMissing: "taskMissing",
    taskNotEnded: "taskNotEnded",
  },
  bindTask: "bindInstancePublicIp",
  unbindTask: "unbindInstancePublicIp",
};

/** DCS API page "Listing Background Tasks": its table, and for the count its sample, against the table's String. */
const DCS: EngineFacts = {
  windowBegin: "start_time",
  paging: "offset",
  taskCount: "number",
  refusals: {
    parameter: "dcsParameter",
    bodyNotJson: "dcsBodyNotJson",
    taskRunning: "dcsTaskRunning",
    instanceStatus: "dcsInstanceStatus",
    instanceMissing: "dcsInstanceMissing",
    taskIdFormat: "dcsParameter",
    taskMissing: "dcsTaskMissing",
    taskNotEnded: "dcsTaskNotEnded",
  },
  bindTask: "BindEip",
  unbindTask: "UnBindEip",
};

export const ENGINES: { readonly [engine in Engine]: EngineFacts } = {
  kafka: DMS,
  rabbitmq: DMS,
  rocketmq: DMS,
  dcs: DCS,
};

export const ENGINE_NAMES = Object.keys(ENGINES) as Engine[];
export const DMS_ENGINES = ENGINE_NAMES.filter((engine) => ENGINES[engine] === DMS);

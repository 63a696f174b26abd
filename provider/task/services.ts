/**
 * The APIs that this package uses: the Distributed Message Service's and the Distributed Cache Service's. Each has the name
 * that its hosts' names contain, and a setting for its address.
 */
export const apis = {
  // The service catalog's types of it: openstacksdk's python-otcextensions and OTC's Go SDK look under these.
  dms: { catalogTypes: ["dmsv2", "dms"] },
  dcs: { catalogTypes: ["dcsv2", "dcsv1", "dcs"] },
} as const satisfies { [api: string]: { catalogTypes: readonly string[] } };

export type Api = keyof typeof apis;

export const apiNames = Object.keys(apis) as Api[];

/** The services whose background tasks can be waited for. */
export type ServiceName = "kafka" | "rabbitmq" | "rocketmq" | "dcs";

/** The service if none is set. */
export const defaultService: ServiceName = "kafka";

/** What a status means to a wait. */
export type StatusKind = "pending" | "success" | "failure" | "unknown";

/** What an instance's own status means to a wait: it accepts operations, it will change by itself, it will not, or nobody knows. */
export type InstanceStatusKind = "ready" | "changing" | "stuck" | "unknown";

/** The list call's parameter for the start of a page: the number of its first record, from 1, or how many to skip. */
export type Paging = "start" | "offset";

/** What differs between the services. */
interface ServiceFacts {
  api: Api;
  /** Whether a task can be looked up by its id: `GET .../instances/{instance_id}/tasks/{task_id}`. */
  showsTasks: boolean;
  /** Whether a job can be looked up by its id, for the whole project: `GET /v2/{project_id}/jobs/{job_id}`. */
  showsJobs: boolean;
  /** Ways of paging, the likelier first. The second page shows which of them the service follows. */
  paging: readonly Paging[];
  /** Names of the list's parameters that bound a task's start time. */
  beginTimeParameter: "begin_time" | "start_time";
  endTimeParameter: "end_time";
  /** Its statuses, compared exactly: "success" or "SUCCESS " is unknown. */
  statuses: ReadonlyMap<string, StatusKind>;
  /** Codes of replies to an operation that mean: the instance is busy, retry when its task has ended. */
  busyCodes: readonly string[];
  /** The statuses of its instances, compared exactly. */
  instanceStatuses: ReadonlyMap<string, InstanceStatusKind>;
  /** How many looks in a row must show an instance ready. */
  readyInARow: number;
  /** The permissions that a caller needs. */
  permissions: { look: string; delete: string; showInstance: string; listInstances: string };
}

const taskStatuses: [string, StatusKind][] = [
  // The usual status while a task is in progress: Huawei Cloud's API reference, and its Terraform provider's waits.
  ["CREATED", "pending"],
  // Sample of OTC's "Listing Background Tasks" page.
  ["EXECUTING", "pending"],
  // Samples of OTC's "Querying a Background Task" and "Listing Background Tasks" pages.
  ["SUCCESS", "success"],
  // Huawei Cloud's API reference and Terraform provider; OTC's console shows "Failed".
  ["FAILED", "failure"],
  // Huawei Cloud's API reference: the record was removed. The outcome of the work is unknown, so it does not count as success.
  ["DELETED", "failure"],
  // Huawei Cloud's API reference and OTC's page on RocketMQ's scheduled tasks spell it with two L; one L is accepted, too.
  ["CANCELLED", "failure"],
  ["CANCELED", "failure"],
];

// "Querying the Job Execution Result of a Tenant", DCS API reference; SUCCESS is the same.
const jobStatuses: [string, StatusKind][] = [
  ["INIT", "pending"],
  ["RUNNING", "pending"],
  ["FAIL", "failure"],
];

// Where no source is named for a line: the word is in the list of statuses of Huawei Cloud's SDKs ("ListInstances" of Kafka,
// RabbitMQ and RocketMQ), which explain none; what it means is deduced from the word.
const instanceStatuses: [string, InstanceStatusKind][] = [
  // "Instance Status" of OTC's API references for Kafka and RocketMQ: the first six.
  ["RUNNING", "ready"],
  ["CREATING", "changing"],
  ["RESTARTING", "changing"],
  ["EXTENDING", "changing"],
  // OTC's Terraform provider fails on these two.
  ["ERROR", "stuck"],
  ["EXTENDEDFAILED", "stuck"],
  // The same page of RocketMQ. No operation is accepted any more.
  ["DELETING", "stuck"],
  // Huawei Cloud's Terraform provider fails on these two where it waits for a DCS instance.
  ["CREATEFAILED", "stuck"],
  ["FROZEN", "stuck"],
  // OTC's and Huawei Cloud's Terraform providers wait for its end after Smart Connect was disabled.
  ["CONNECTOR_DELETING", "changing"],
  // Deduced.
  ["FREEZING", "changing"],
  ["SHRINKING", "changing"],
  ["CONFIGURING", "changing"],
  ["VOLUMETYPECHANGING", "changing"],
  ["ROLLBACK", "changing"],
  ["ROLLBACKFAILED", "stuck"],
  // Deduced, from the SDKs' change log; their newer lists lack both.
  ["UPGRADING", "changing"],
  ["UPGRADINGFAILED", "stuck"],
];

const instanceStatusesOfDcs: [string, InstanceStatusKind][] = [
  // "DCS Instance Statuses" of the DCS API reference: the first seven.
  ["RUNNING", "ready"],
  ["CREATING", "changing"],
  ["RESTARTING", "changing"],
  ["EXTENDING", "changing"],
  ["RESTORING", "changing"],
  ["ERROR", "stuck"],
  ["CREATEFAILED", "stuck"],
  // Huawei Cloud's Terraform provider fails on it.
  ["FROZEN", "stuck"],
  // Deduced: "Querying DCS Instance Status" counts instances in these statuses, but does not spell the words themselves.
  ["UPGRADING", "changing"],
  ["MIGRATING", "changing"],
  ["FLUSHING", "changing"],
  ["STARTING", "changing"],
  ["CLOSING", "changing"],
  ["PAYING", "changing"],
  ["CLOSED", "stuck"],
  ["DELETING", "stuck"],
];

// "Querying a Background Task", "Listing Background Tasks", "Permissions and Supported Actions" and "Error Codes" of the
// DMS API reference. Huawei Cloud's newer reference and SDKs have `offset` instead of `start`.
const kafka: ServiceFacts = {
  api: "dms",
  showsTasks: true,
  showsJobs: false,
  paging: ["start", "offset"],
  beginTimeParameter: "begin_time",
  endTimeParameter: "end_time",
  statuses: new Map(taskStatuses),
  // DMS.00400017: a background task is running. DMS.00400026: the instance's status forbids the operation; Huawei Cloud's
  // and OTC's Terraform providers retry on it.
  busyCodes: ["DMS.00400017", "DMS.00400026"],
  instanceStatuses: new Map(instanceStatuses),
  // OTC's Terraform provider goes by one look.
  readyInARow: 1,
  permissions: {
    look: "dms:instance:getBackgroundTask",
    delete: "dms:instance:deleteBackgroundTask",
    showInstance: "dms:instance:get",
    listInstances: "dms:instance:list",
  },
};

/** One table for all services, each line with its source. */
export const services: { readonly [service in ServiceName]: ServiceFacts } = {
  kafka,
  // Huawei Cloud's API references and SDKs for RabbitMQ and RocketMQ: the same calls. OTC's own pages omit them.
  rabbitmq: kafka,
  rocketmq: kafka,
  dcs: {
    api: "dcs",
    // "Listing Background Tasks" and "Deleting a Background Task" of the DCS API reference: there is no call for one task.
    showsTasks: false,
    showsJobs: true,
    paging: ["offset"],
    // The page's table says start_time, its example begin_time.
    beginTimeParameter: "start_time",
    endTimeParameter: "end_time",
    statuses: new Map([...taskStatuses, ...jobStatuses]),
    // DCS's "Error Codes" spell it both ways; the others are those that Huawei Cloud's Terraform provider retries.
    busyCodes: [
      "DCS.4017",
      "111400026",
      "111400017",
      ...[4026, 4049, 4096, 4097, 4111, 4113, 4114, 4115, 4116, 4117, 4118, 4120, 4121, 4231, 4975].map(
        (number) => `DCS.${number}`,
      ),
    ],
    instanceStatuses: new Map(instanceStatusesOfDcs),
    // Huawei Cloud's Terraform provider wants RUNNING twice; no source says why.
    readyInARow: 2,
    // "Permissions Policies and Supported Actions" of the DCS API reference.
    permissions: {
      look: "dcs:instance:getBackgroundTask",
      delete: "dcs:instance:deleteBackgroundTask",
      showInstance: "dcs:instance:get",
      listInstances: "dcs:instance:list",
    },
  },
};

export const serviceNames = Object.keys(services) as ServiceName[];

export function isServiceName(text: unknown): text is ServiceName {
  return serviceNames.some((name) => name === text);
}

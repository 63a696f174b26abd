import type { ProgressStep } from "./newTask";

/** The length of the documented sample's bind, which took 2.994 s (API page "Querying a Background Task"). */
const PROGRESS: ProgressStep[] = [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: 3 }];

/**
 * The tasks that operations start, by the task's name, each with its default progress: seconds instead of a
 * restart's or a resize's many minutes.
 */
export const OPERATION_TASKS = {
  // DMS API page "Querying a Background Task" (bind); Huawei Cloud's Terraform provider, RabbitMQ and RocketMQ (both).
  bindInstancePublicIp: PROGRESS,
  unbindInstancePublicIp: PROGRESS,
  // Huawei Cloud's Terraform provider, Kafka instance.
  kafkaConfigModify: PROGRESS,
  // DCS API page "Listing Background Tasks", whose sample of another task took 3.509 s.
  BindEip: PROGRESS,
  UnBindEip: PROGRESS,
  // Invented, all three: the console's labels are documented, the names in the API are not.
  reassignPartitions: PROGRESS,
  restartInstance: PROGRESS,
  extendInstance: PROGRESS,
} as const satisfies { [taskName: string]: ProgressStep[] };

export type OperationTask = keyof typeof OPERATION_TASKS;

export const OPERATION_TASK_NAMES = Object.keys(OPERATION_TASKS) as OperationTask[];

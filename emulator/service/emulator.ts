import type { PlannedReply } from "../http/plannedReply";
import type { RequestRecord } from "../http/requestLog";
import type { NewInstance } from "../instances/newInstance";
import type { NewTask, ProgressStep } from "../tasks/newTask";
import type { EmulatorEvent } from "../tasks/taskEvent";
import type { TaskSnapshot } from "../tasks/taskSnapshot";
import type { EmulatorSettings } from "./options";

/** Where a running emulator is, and how to log in: what `npx pulumi-otc-background-task emulator` prints. */
export interface EmulatorConnection {
  /** `http://127.0.0.1:PORT`: base of the service, and of the control routes. */
  url: string;
  /** `url` and `/v3`. */
  authUrl: string;
  region: string;
  /** 32 hex digits. */
  projectId: string;
  projectName: string;
  domainName: string;
  /** 32 hex digits. */
  domainId: string;
  /** 32 hex digits. */
  userId: string;
  username: string;
  password: string;
  accessKey: string;
  secretKey: string;
  /** An agency that another account, `agencyDomainName`, has made for this one. */
  agencyName: string;
  agencyDomainName: string;
  /** 32 hex digits. */
  agencyDomainId: string;
  /** The other account's project that the agency may act in: empty, unless instances are put in. */
  agencyProjectName: string;
  /** 32 hex digits. */
  agencyProjectId: string;
  /** A running Kafka instance without a public address; a hyphenated UUID. */
  instanceId: string;
  /** A task of this instance that succeeded before the start. */
  taskId: string;
  /** Variables with which a program runs against the emulator, by password: OS_* and OTC_INSTANCE_ID, OTC_TASK_ID. */
  env: { [name: string]: string };
  /** The same by Huawei Cloud's names: HW_*. Start with one of its regions, such as `eu-west-101`. */
  huaweiEnv: { [name: string]: string };
}

/** A running emulator. */
export interface Emulator extends EmulatorConnection {
  /**
   * Puts a task in.
   * @throws Error that names the field if the task is malformed, its id in use, or its instance unknown.
   * @example const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS", afterSeconds: 2 }] });
   */
  addTask(task: NewTask): TaskSnapshot;
  /** Replaces a task's progress, from its own start. Events of statuses reached before remain. */
  setTaskProgress(taskId: string, progress: ProgressStep[]): TaskSnapshot;
  /** Removes a task's record, as the service may do at any time. */
  removeTask(taskId: string): void;
  /** All tasks, oldest first. Not a look. */
  tasks(): TaskSnapshot[];
  /** Puts an instance in; resolves to its id at once. */
  addInstance(instance?: NewInstance): string;
  /** Plans the replies of the next requests of a route. */
  replyNext(reply: PlannedReply): void;
  /** Changes settings; what is not named stays. */
  configure(settings: EmulatorSettings): void;
  /** Ends every token and temporary access key issued so far, as if its time were over. */
  expireTokens(): void;
  /** Deletes the account's access key, as an administrator does; `reset` brings it back. */
  revokeAccessKey(): void;
  /** What the user's virtual MFA device shows now: six digits, good for half a minute of the emulator's clock. */
  passcode(): string;
  /** Issues a temporary access key of the account, as IAM would. Default: for 15 minutes. */
  issueTemporaryKey(lifetimeSeconds?: number): { accessKey: string; secretKey: string; securityToken: string };
  /** The last 50,000 requests, in the order in which they came. */
  requests(): RequestRecord[];
  /** How many requests each route had since the start or the last reset. */
  counts(): { [route: string]: number };
  /** What happened to the tasks, in the order of time. */
  events(): EmulatorEvent[];
  /** The emulator's clock, ms since the epoch. */
  now(): number;
  /** Everything back to the start: tasks, instances, tokens, plans, settings, log. The credentials stay. */
  reset(): void;
  /** Stops at once: open connections are closed, replies under way dropped. */
  close(): Promise<void>;
}

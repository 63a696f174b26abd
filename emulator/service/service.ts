import { randomUUID } from "node:crypto";
import { type Account, makeAccount } from "../accounts/account";
import { KeyStore } from "../accounts/keys";
import { Passcodes } from "../accounts/passcodes";
import { TokenStore } from "../accounts/tokens";
import { Clock } from "../clock/clock";
import { PlannedReplies } from "../http/plannedReplies";
import { RequestLog } from "../http/requestLog";
import { InstanceStore } from "../instances/instanceStore";
import type { Engine, NewInstance } from "../instances/newInstance";
import type { BackgroundTask, StatusChange } from "../tasks/backgroundTask";
import type { NewTask, ProgressStep } from "../tasks/newTask";
import { OPERATION_TASKS } from "../tasks/operationTasks";
import type { TaskSnapshot } from "../tasks/taskSnapshot";
import { newTaskId, snapshotOf, TaskStore } from "../tasks/taskStore";
import type { EmulatorOptions, EmulatorSettings } from "./options";
import { newInstanceSchema, newTaskSchema, parseInput, progressSchema, settingsOf, settingsSchema } from "./schemas";

const INSTANCE_ID = "3f1c8a52-7d04-4e6b-9b1f-2a6d0c4e8f73";
const FINISHED_TASK_ID = "8abf0e64937c1d2501973d5b70e2641c";

/** A size of each engine that there is; DCS's instances have none here. */
const PRODUCT_IDS: { [engine in Engine]: string } = {
  kafka: "c6.2u4g.cluster",
  rabbitmq: "rabbitmq.2u4g.cluster",
  rocketmq: "rocketmq.b2.large.4",
  dcs: "",
};

const DEFAULT_SETTINGS = {
  unknownTask: 200,
  listPaging: "start",
  listedAfterSeconds: 0,
  statusLagSeconds: 0,
  tokenLifetimeSeconds: 86_400,
  tokenRefusals: "service",
  clockSkewSeconds: 0,
  operations: OPERATION_TASKS,
} satisfies EmulatorSettings;

type Settings = Required<Omit<EmulatorSettings, "taskCount">> &
  Pick<EmulatorSettings, "taskCount"> & { operations: Required<NonNullable<EmulatorSettings["operations"]>> };

/** All that the emulated service knows. No HTTP in here. */
export class Service {
  readonly clock: Clock;
  readonly account: Account;
  readonly region: string;
  readonly instanceId: string;
  readonly taskId: string;
  readonly tokens: TokenStore;
  readonly keys: KeyStore;
  readonly passcodes: Passcodes;
  readonly tasks: TaskStore;
  readonly instances = new InstanceStore();
  readonly replies = new PlannedReplies();
  readonly log = new RequestLog();
  private current: Settings = DEFAULT_SETTINGS;

  constructor(private readonly options: EmulatorOptions) {
    this.clock = new Clock(options.now ?? Date.now);
    this.region = options.region ?? "eu-de";
    this.account = makeAccount(this.region, options.account ?? {});
    this.instanceId = options.instanceId ?? INSTANCE_ID;
    this.taskId = options.taskId ?? FINISHED_TASK_ID;
    this.tokens = new TokenStore(this.clock);
    const { accessKey, secretKey } = this.account;
    this.keys = new KeyStore(this.clock, { accessKey, secretKey, party: "account" });
    this.passcodes = new Passcodes(this.clock);
    this.tasks = new TaskStore(this.clock);
    this.reset();
  }

  get settings(): Settings {
    return this.current;
  }

  configure(changes: EmulatorSettings): void {
    const { operations, ...others } = parseInput(settingsSchema, changes, "settings");
    this.current = { ...this.current, ...others, operations: { ...this.current.operations, ...operations } };
    this.clock.skewMs = this.current.clockSkewSeconds * 1000;
  }

  reset(): void {
    for (const part of [this.tokens, this.keys, this.tasks, this.instances, this.replies, this.log]) {
      part.clear();
    }
    this.current = DEFAULT_SETTINGS;
    this.configure(settingsOf(this.options));
    this.addInstance({ instanceId: this.instanceId, name: "kafka-emulator" });
    this.options.instances?.forEach((instance) => this.addInstance(instance));
    this.addTask({
      id: this.taskId,
      // The name, parameters and duration of the documented list sample (API page "Listing Background Tasks").
      name: "changeRetentionPolicy",
      params: { new_retention_policy: "produce_reject", origin_retention_policy: "time_base" },
      createdAt: new Date(this.clock.nowMs() - 3_600_000).toISOString(),
      progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: 4.986 }],
    });
    this.options.tasks?.forEach((task) => this.addTask(task));
  }

  /** Applies what tasks have brought about by now, before anything of an instance is read. */
  advance(): void {
    this.tasks.advanceAll();
    this.instances.advanceAll(this.clock.nowMs());
  }

  addInstance(instance: NewInstance): string {
    const given = parseInput(newInstanceSchema, instance, "instance");
    const id = given.instanceId ?? randomUUID();
    const engine = given.engine ?? "kafka";
    this.instances.add({
      id,
      engine,
      name: given.name ?? `${engine}-${id.slice(0, 8)}`,
      projectId: given.projectId ?? this.account.projects[0].id,
      status: given.status ?? "RUNNING",
      createdAtMs: this.clock.nowMs(),
      userId: this.account.user.id,
      size: { productId: PRODUCT_IDS[engine], brokers: 3, storageGigabytes: 300 },
      ...(given.publicAddress !== undefined && {
        publicIp: {
          ids: given.publicAddress
            .split(",")
            .map(() => randomUUID())
            .join(","),
          addresses: given.publicAddress,
        },
      }),
    });
    return id;
  }

  addTask(task: NewTask, onEnd?: (end: StatusChange) => void): TaskSnapshot {
    const given = parseInput(newTaskSchema, task, "task");
    const instanceId = given.instanceId ?? this.instanceId;
    const instance = this.instances.find(instanceId);
    if (instance === undefined) {
      throw new Error(`There is no instance ${instanceId}: add it first.`);
    }
    if (given.failReason !== undefined && instance.engine !== "dcs") {
      throw new Error("failReason is only for tasks of a DCS instance: DMS records no reason.");
    }
    const createdAtMs = given.createdAt === undefined ? this.clock.nowMs() : Date.parse(given.createdAt);
    const params = given.params ?? {};
    return snapshotOf(
      this.tasks.add({
        id: given.id ?? newTaskId(),
        instanceId,
        projectId: instance.projectId,
        name: given.name,
        params: typeof params === "string" ? params : JSON.stringify(params),
        userName: given.userName ?? "paas_dms",
        userId: given.userId ?? this.account.user.id,
        createdAtMs,
        visibleFromMs: createdAtMs + (given.visibleAfterSeconds ?? 0) * 1000,
        progress: given.progress ?? [],
        failReason: given.failReason,
        onEnd,
      }),
    );
  }

  setTaskProgress(taskId: string, progress: ProgressStep[]): TaskSnapshot {
    const task = this.existingTask(taskId);
    task.setProgress(parseInput(progressSchema, progress, "progress"), this.clock.nowMs());
    return snapshotOf(task);
  }

  private existingTask(taskId: string): BackgroundTask {
    const task = this.tasks.find(taskId);
    if (task === undefined) {
      throw new Error(`There is no task ${taskId}.`);
    }
    return task;
  }
}

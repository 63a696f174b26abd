import { FaultyService, type Reply } from "../servers/faultyService";
import { json, recordOf, refusal, send } from "../servers/replies";
import type { Random } from "../trials/random";

export interface LoadedTask {
  instanceId: string;
  taskId: string;
  /** From the first request to the service. */
  endsAfterMs: number;
}

export interface LoadSize {
  tasks: number;
  instances: number;
  slowestTaskSeconds: number;
  /** Above this, the service answers 429. Default: no limit. */
  mostPerSecond?: number;
}

/** Many tasks on some instances, in progress from the first request on. */
export class LoadService {
  throttled = 0;
  private startedMs?: number;
  private inSecond = { second: 0, count: 0 };
  private readonly byInstance = new Map<string, LoadedTask[]>();

  private constructor(
    readonly service: FaultyService,
    readonly tasks: readonly LoadedTask[],
    private readonly mostPerSecond: number,
  ) {
    for (const task of tasks) {
      this.byInstance.set(task.instanceId, [...(this.byInstance.get(task.instanceId) ?? []), task]);
    }
  }

  static async start(random: Random, size: LoadSize): Promise<LoadService> {
    const id = () => Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join("");
    const instances = Array.from({ length: size.instances }, id);
    const tasks = Array.from({ length: size.tasks }, (_, i) => ({
      instanceId: instances[i % instances.length]!,
      taskId: id(),
      endsAfterMs: random.between(1000, size.slowestTaskSeconds * 1000),
    }));
    const service = await FaultyService.start((exchange) => loaded.answer(exchange));
    const loaded = new LoadService(service, tasks, size.mostPerSecond ?? Infinity);
    return loaded;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.service.port}`;
  }

  /** How long ago the last task ended. */
  get endedMsAgo(): number {
    return performance.now() - this.startedMs! - Math.max(...this.tasks.map(({ endsAfterMs }) => endsAfterMs));
  }

  private answer: Reply = (exchange) => {
    const nowMs = performance.now();
    this.startedMs ??= nowMs;
    if (this.isTooMany(nowMs)) {
      this.throttled++;
      return refusal(429, "APIGW.0308")(exchange);
    }
    const tasks = this.byInstance.get(exchange.instanceId ?? "");
    if (!tasks) return send(404, "")(exchange);
    const wanted = exchange.route === "show" ? exchange.request.url!.split("/").at(-1) : undefined;
    const records = tasks
      .filter(({ taskId }) => wanted === undefined || taskId === wanted)
      .map(({ taskId, endsAfterMs }) => this.recordOf(taskId, nowMs - this.startedMs! >= endsAfterMs));
    json({ task_count: String(records.length), tasks: records.slice(0, 100) })(exchange);
  };

  private recordOf(taskId: string, hasEnded: boolean) {
    const created_at = new Date(Date.now() - (performance.now() - this.startedMs!)).toISOString();
    // No two of one name: those that have ended are no past runs of the others.
    return recordOf(taskId, { name: `operation-${taskId}`, created_at, status: hasEnded ? "SUCCESS" : "EXECUTING" });
  }

  private isTooMany(nowMs: number): boolean {
    const second = Math.floor(nowMs / 1000);
    if (this.inSecond.second !== second) this.inSecond = { second, count: 0 };
    return ++this.inSecond.count > this.mostPerSecond;
  }
}

import { isForbidden } from "../http/errorReply";
import { quote } from "../output/secrets";
import { planNextLook } from "../schedule/schedule";
import type { InstanceView } from "../service/instanceView";
import { TaskNotFoundError } from "../task/errors";
import { InstanceNotRunningError } from "../task/instanceNotRunning";
import { type InstanceStatusKind, services } from "../task/services";
import type { BackgroundTaskResult } from "../task/task";
import { kindOfInstanceStatus } from "../task/taskStatus";
import { AppearWindow } from "./appearWindow";
import type { LookLoop, Pace, Wait } from "./lookLoop";
import type { WaitListener } from "./waiter";

export interface ReadyWait extends Wait {
  view: InstanceView;
  instanceId: string;
  options: Pace & { untilRunning: boolean };
  listener?: WaitListener;
}

/**
 * Whether an instance whose tasks are quiet accepts the next operation, by its own status, which may lag its last task.
 * What was seen counts until a task is seen in progress.
 */
export class InstanceReady {
  private readyLooks = 0;
  /** The status last seen, unless it was a ready one. */
  private unready?: { status?: string; kind: InstanceStatusKind };
  private retryAfterMs?: number;
  /** The caller has no permission to look at the instance. */
  private isHidden = false;
  private readonly window: AppearWindow;
  private readonly warnedOf = new Set<string | undefined>();

  constructor(
    private readonly loop: LookLoop,
    private readonly wait: ReadyWait,
  ) {
    this.window = new AppearWindow(loop, wait.options.appearTimeoutMs);
  }

  get isReady(): boolean {
    return this.isNotAsked || this.readyLooks >= this.neededLooks;
  }

  /** Whether one look at the end of the quiet time would not be enough. */
  get takesSeveralLooks(): boolean {
    return !this.isNotAsked && this.neededLooks > 1;
  }

  get isUnknown(): boolean {
    return this.unready?.kind === "unknown";
  }

  /** The status, in words, if it is not a ready one. */
  get standing(): string | undefined {
    if (!this.unready) {
      return undefined;
    }
    const { status, kind } = this.unready;
    return `its status is ${quote(status ?? "") || "missing"}${kind === "unknown" ? ", which is unknown" : ""}`;
  }

  /** A task is in progress: the status may change again. */
  forget(): void {
    this.readyLooks = 0;
    this.unready = undefined;
  }

  /**
   * Looks at the instance, unless it is known to be ready.
   *
   * @throws InstanceNotRunningError for a status that does not change by itself; `failed` are tasks that may be why.
   * TaskNotFoundError for an instance that is missing for the whole window.
   */
  async look(failed: BackgroundTaskResult[]): Promise<void> {
    if (this.isReady) {
      return;
    }
    const { view, instanceId, listener } = this.wait;
    const reply = await this.loop
      .ask((bounds) => view.showInstance(instanceId, bounds))
      .catch((error: unknown) => this.hide(error));
    if (!reply) {
      return;
    }
    const { status, absence, retryAfterMs } = reply;
    const kind = kindOfInstanceStatus(status, view.service);
    const isReady = !absence && kind === "ready";
    this.retryAfterMs = retryAfterMs;
    this.readyLooks = isReady ? this.readyLooks + 1 : 0;
    this.unready = absence || isReady ? undefined : { status, kind };
    if (absence) {
      this.missing(absence.reason);
      return;
    }
    this.window.close();
    if (isReady) {
      return;
    }
    if (kind === "stuck") {
      throw new InstanceNotRunningError({ instanceId }, this.loop.progress(), status!, failed);
    }
    if (kind === "unknown" && !this.warnedOf.has(status)) {
      this.warnedOf.add(status);
      listener?.onWarning?.(`the instance has the unknown status ${quote(status ?? "")}: still waiting`);
    }
    listener?.onInstanceStatus?.(status);
  }

  /** When to look again. `quietForMs`: since when nothing is in progress, and so how long the status may lag already. */
  delayMs(quietForMs: number, random: number): number {
    const { options: bounds } = this.wait;
    const { leftMs } = this.loop;
    return planNextLook({ ageMs: quietForMs, bounds, leftMs, random, retryAfterMs: this.retryAfterMs }).delayMs;
  }

  private get neededLooks(): number {
    return services[this.wait.view.service].readyInARow;
  }

  private get isNotAsked(): boolean {
    return this.isHidden || !this.wait.options.untilRunning;
  }

  private hide(error: unknown): undefined {
    if (!isForbidden(error)) {
      throw error;
    }
    this.isHidden = true;
    this.wait.listener?.onWarning?.(`${error.message} The wait goes by the tasks alone.`);
  }

  private missing(reason: string | undefined): void {
    this.window.open();
    if (this.window.isOver) {
      const { instanceId } = this.wait;
      throw new TaskNotFoundError({ instanceId }, "instance", this.loop.progress(), reason);
    }
  }
}

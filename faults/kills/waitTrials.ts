import { setTimeout as pause } from "node:timers/promises";
import type { RunningCommand } from "../../engine/runningCommand";
import { declaredTasks } from "../../tests/engine/declaredTasks";
import { inScenario, type Scenario, succeeded } from "../../tests/engine/stackScenario";
import { until } from "../../tests/engine/until";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import { type Blow, isCancel, isSudden, strike } from "./blows";
import { seeNoOrphans, seeReadableState } from "./remains";

const running = [{ status: "EXECUTING" }];
const ended = [{ status: "SUCCESS" }];

/** When the blow falls: at any time while all wait, or when the search has just found its task. */
export type Moment = "amid waits" | "between a search and its wait";

/** An update that is struck while it waits: the next one must take up each wait where it was. */
export function waitTrial(blow: Blow, moment: Moment, random: Random, i: number): Trial {
  return {
    name: `${blow}, ${moment} (${i})`,
    run: () => inScenario({ files: declaredTasks }, (scenario) => new StruckUpdate(scenario, blow, random).run(moment)),
  };
}

// What waits: by id; by name, found; by name, not yet found; for a quiet instance.
const waits = ["by-id", "waiting", "searching", "quiet"];
/** The tasks that are searched for, by the wait's name. */
const searched: { [wait: string]: string } = { waiting: "bind", searching: "unbind" };

class StruckUpdate {
  /** The newest task of each wait. */
  private readonly tasks: { [wait: string]: string } = {};

  constructor(
    private readonly scenario: Scenario,
    private readonly blow: Blow,
    private readonly random: Random,
  ) {}

  async run(moment: Moment): Promise<void> {
    const { emulator, stack } = this.scenario;
    await this.declare();
    const up = stack.spawnUp({ args: ["--parallel", "32"] });
    await this.untilMoment(up, moment);

    const struckMs = emulator.now();
    await strike(this.blow, stack, up, this.random);
    if (this.blow === "SIGKILL of the program") {
      // The engine lives on, and so do the waits: they end with their tasks.
      await pause(2000);
      this.tasks["searching"] = emulator.addTask({ name: "unbind", progress: ended }).taskId;
      this.endAll();
    }
    const { exitCode } = await up.finished;
    if (exitCode === 0) throw new Error("the struck update ended as if nothing had been");
    await seeNoOrphans(stack);
    await seeReadableState(stack);
    if (isCancel(this.blow)) this.seeNothingSentAfter(struckMs + 1000);
    if (this.blow !== "SIGKILL of the program") this.seeNoDependents();

    // A killed engine leaves its lock behind.
    if (isSudden(this.blow)) await stack.cancel();
    this.endAll();
    await this.resume();
    await this.seeResumed();
    succeeded(await stack.up({ args: ["--expect-no-changes"] }));
    succeeded(await stack.destroy());
  }

  private async declare(): Promise<void> {
    const { emulator, stack } = this.scenario;
    const other = emulator.addInstance();
    this.tasks["by-id"] = emulator.addTask({ name: "restart", progress: running }).taskId;
    this.tasks["quiet"] = emulator.addTask({ name: "resize", instanceId: other, progress: running }).taskId;
    const tasks = {
      "by-id": { taskId: this.tasks["by-id"], follower: true },
      waiting: { name: "bind", follower: true },
      searching: { name: "unbind", follower: true, appearTimeoutSeconds: 600 },
    };
    await stack.setConfig("program:tasks", JSON.stringify(tasks));
    await stack.setConfig("program:barriers", JSON.stringify({ quiet: { instanceId: other, follower: true } }));
  }

  private async untilMoment(up: RunningCommand, moment: Moment): Promise<void> {
    const { emulator, stack } = this.scenario;
    await up.printed(/looking for a task named unbind/);
    await up.printed(/restart EXECUTING/);
    await up.printed(/waiting for resize EXECUTING/);
    const listed = emulator.counts()["listTasks"]!;
    this.tasks["waiting"] = emulator.addTask({ name: "bind", progress: running }).taskId;
    if (moment === "between a search and its wait") {
      // A list shows the task to the search; the resource that waits for it has yet to be created.
      await until(() => emulator.counts()["listTasks"]! > listed, { everyMs: 2 });
      await pause(this.random.between(0, 60));
      return;
    }
    await up.printed(/bind EXECUTING/);
    if (this.blow === "SIGKILL of the engine") {
      // Not while the engine writes down that they began: what it writes then would be cut.
      const begun = async () => (await stack.exportState().catch(() => undefined))?.deployment.pending_operations;
      while ((await begun())?.length !== waits.length) await pause(100);
    }
    await pause(this.random.between(0, 2500));
  }

  private endAll(): void {
    Object.values(this.tasks).forEach((taskId) => this.scenario.emulator.setTaskProgress(taskId, ended));
  }

  private seeNothingSentAfter(ms: number): void {
    const late = this.scenario.emulator
      .requests()
      .filter(({ timeMs, path }) => path.includes("/tasks") && timeMs > ms)
      .map(({ method, path, timeMs }) => `${method} ${path} ${timeMs - ms} ms later`);
    if (late.length > 0) throw new Error(`a second after the blow, it still sent: ${late.join(", ")}`);
  }

  private seeNoDependents(): void {
    const early = waits.filter((name) => this.scenario.createdAtMs(`after-${name}`) !== undefined);
    if (early.length > 0) throw new Error(`dependents were created before their tasks ended: ${early.join(", ")}`);
  }

  /**
   * Updates again. A search that the state does not know counts from this update on: an older run never ends it, so that
   * its operation runs again.
   */
  private async resume(): Promise<void> {
    const { emulator, stack } = this.scenario;
    const { resources = [] } = (await stack.exportState()).deployment;
    const isKnown = (wait: string) =>
      resources.some(({ urn, type }) => type.endsWith(":BackgroundTaskSearch") && urn.endsWith(`::${wait}`));
    if (isCancel(this.blow) && !isSudden(this.blow)) {
      const lost = Object.keys(searched).filter((wait) => !isKnown(wait));
      if (lost.length > 0) throw new Error(`the state does not know the searches of ${lost.join(", ")}`);
    }
    const begin = (wait: string) => {
      this.tasks[wait] = emulator.addTask({ name: searched[wait]!, progress: ended }).taskId;
    };
    if (this.tasks["searching"] === undefined && isKnown("searching")) begin("searching");
    const again = stack.spawnUp({ args: ["--parallel", "32"] });
    for (const wait of Object.keys(searched).filter((wait) => !isKnown(wait))) {
      await again.printed(new RegExp(`looking for a task named ${searched[wait]!}`));
      begin(wait);
    }
    succeeded(await again.finished);
  }

  private async seeResumed(): Promise<void> {
    const { scenario } = this;
    for (const wait of waits) {
      const created = scenario.emulator.requests().filter(({ path }) => path === `/created/after-${wait}`);
      if (created.length !== 1) throw new Error(`the dependent of ${wait} was created ${created.length} times`);
      const early = scenario.endedAtMs(this.tasks[wait]!)! - scenario.createdAtMs(`after-${wait}`)!;
      if (early > 0) throw new Error(`the dependent of ${wait} was created ${early} ms before the task ended`);
      const { taskId } = (await scenario.resource(wait))!.outputs as { taskId?: string };
      if (wait !== "quiet" && taskId !== this.tasks[wait]) {
        throw new Error(`${wait} waited for ${taskId}, not for ${this.tasks[wait]}`);
      }
    }
  }
}

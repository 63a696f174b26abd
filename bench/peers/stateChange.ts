import { mkdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import execa from "execa";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { toleranceMs } from "../waits/answers";
import type { Waited } from "../waits/waits";
import type { HasEnded, Peer } from "./peer";

// StateChangeConf of terraform-plugin-sdk, in Go: its real code, in real time and on the virtual clock of Go's synctest.

/** Settings of StateChangeConf that decide when it looks. What is not set is 0, and means what it means there. */
interface Intervals {
  delaySeconds: number;
  pollIntervalSeconds?: number;
  minTimeoutSeconds?: number;
}

const users: { name: string; source: string; intervals: Intervals }[] = [
  {
    name: "Terraform SDK",
    source: "terraform-plugin-sdk's StateChangeConf, 0.1 s doubling to 10 s: its default",
    intervals: { delaySeconds: 0 },
  },
  {
    name: "huaweicloud, 20 + 30 s",
    source: "StateChangeConf, after 20 s every 30 s: huaweicloud's provider, DMS tasks by id",
    intervals: { delaySeconds: 20, pollIntervalSeconds: 30 },
  },
  {
    name: "huaweicloud, 1 + 2 s",
    source: "StateChangeConf, after 1 s every 2 s: huaweicloud's provider, RabbitMQ plugins",
    intervals: { delaySeconds: 1, pollIntervalSeconds: 2 },
  },
  {
    name: "opentelekomcloud",
    source: "StateChangeConf, after 10 s 3 s doubling to 10 s: opentelekomcloud's provider, DMS instances",
    intervals: { delaySeconds: 10, minTimeoutSeconds: 3 },
  },
];

const sources = path.join(repositoryRoot, "bench", "peers", "statechange");
const binaries = path.join(repositoryRoot, ".cache", "bench");
// On other systems than Windows the ending means nothing.
const inRealTime = path.join(binaries, "statechange.exe");
const onVirtualClock = path.join(binaries, "statechange-virtual.exe");

/** Builds the programs and starts the one for real time. Without a working Go, there are no peers, and `say` is called. */
export async function startStateChangePeers(say: (line: string) => void): Promise<Peer[]> {
  mkdirSync(binaries, { recursive: true });
  try {
    await execa("go", ["build", "-o", inRealTime, "."], { cwd: sources });
    await execa("go", ["test", "-c", "-o", onVirtualClock, "."], { cwd: sources });
  } catch (error) {
    const reason = (error as Error).message.split("\n").slice(0, 3).join(" ");
    say(`Skipping terraform-plugin-sdk because Go cannot run it here: ${reason}`);
    return [];
  }
  const program = new StateChangeProgram();
  return users.map(({ name, source, intervals }) => ({
    name,
    source,
    wait: (hasEnded) => program.wait(intervals, hasEnded),
    waitVirtually: async (tasks) => {
      const input = JSON.stringify({ intervals, tasks, toleranceMs });
      const { stdout } = await execa(onVirtualClock, [], { input });
      return JSON.parse(stdout.split("\n", 1)[0]!) as Waited[];
    },
  }));
}

/** What the program tells of a wait: that it looks, or how it has ended. */
interface Report {
  id: number;
  looks: boolean;
  error?: string;
}

/** Runs waits in real time until this process ends; their looks are ours. */
class StateChangeProgram {
  private readonly child = execa(inRealTime, { stderr: "inherit" });
  private readonly waits: ((report: Report) => void)[] = [];

  constructor() {
    createInterface(this.child.stdout!).on("line", (line) => {
      const report = JSON.parse(line) as Report;
      this.waits[report.id]!(report);
    });
  }

  wait(intervals: Intervals, hasEnded: HasEnded): Promise<void> {
    return new Promise((resolve, reject) => {
      const id = this.waits.length;
      this.waits.push(({ looks, error }) => {
        if (looks) {
          hasEnded().then((ended) => this.order({ id, hasEnded: ended }), reject);
        } else if (error === undefined) {
          resolve();
        } else {
          reject(new Error(error));
        }
      });
      this.order({ id, intervals });
    });
  }

  private order(order: object): void {
    this.child.stdin!.write(`${JSON.stringify(order)}\n`);
  }
}

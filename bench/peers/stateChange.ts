import execa from "execa";
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { repositoryRoot } from "../../engine/repositoryRoot";
import type { LookDelays } from "../virtual/lookDelays";
import type { Waited } from "../waits/waits";

// StateChangeConf of terraform-plugin-sdk, in Go: its real code, in real time and on the virtual clock of Go's synctest.

/** Settings of StateChangeConf that decide when it looks. What is not set is 0, and means what it means there. */
export interface Intervals {
  delaySeconds: number;
  pollIntervalSeconds?: number;
  minTimeoutSeconds?: number;
}

export interface StateChangePeer {
  name: string;
  source: string;
  intervals: Intervals;
}

export const stateChangePeers: StateChangePeer[] = [
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

const program = path.join(repositoryRoot, "bench", "peers", "statechange");
const scratch = path.join(repositoryRoot, ".cache", "bench");

/** Why there is no Go to run it with; undefined if there is. */
export async function reasonWithoutGo(): Promise<string | undefined> {
  try {
    await execa("go", ["vet", "."], { cwd: program });
    return undefined;
  } catch (error) {
    return (error as Error).message.split("\n").slice(0, 3).join(" ");
  }
}

/** @param looks How the looks of each wait went in real time, to be repeated; default: at once. */
export async function waitVirtuallyWithStateChange(
  { intervals }: StateChangePeer,
  seconds: readonly number[],
  looks: readonly (readonly LookDelays[])[] = [],
): Promise<Waited[]> {
  mkdirSync(scratch, { recursive: true });
  const file = path.join(scratch, randomUUID());
  try {
    writeFileSync(`${file}.order`, JSON.stringify({ intervals, seconds, looks }));
    const env = { BENCH_ORDER: `${file}.order`, BENCH_REPORT: `${file}.report` };
    await execa("go", ["test", "-count=1", "."], { cwd: program, env });
    return JSON.parse(readFileSync(`${file}.report`, "utf8")) as Waited[];
  } finally {
    [`${file}.order`, `${file}.report`].forEach((name) => rmSync(name, { force: true }));
  }
}

export interface RunningStateChange {
  /** Resolves as soon as the wait has ended. */
  wait(intervals: Intervals, url: string, token: string): Promise<StateChangeWait>;
  close(): Promise<void>;
}

/** How a wait went in the program; times in milliseconds since 1970. */
export interface StateChangeWait {
  beganMs: number;
  looks: { sentMs: number; repliedMs: number }[];
  /** By how much a timer was late, in milliseconds. */
  lagMs: number;
}

interface Report extends StateChangeWait {
  id: number;
  error?: string;
}

export async function startStateChange(): Promise<RunningStateChange> {
  mkdirSync(scratch, { recursive: true });
  const binary = path.join(scratch, process.platform === "win32" ? "statechange.exe" : "statechange");
  await execa("go", ["build", "-o", binary, "."], { cwd: program });
  const child = execa(binary, { stderr: "inherit" });
  const waits: ((report: Report) => void)[] = [];
  createInterface(child.stdout!).on("line", (line) => {
    const report = JSON.parse(line) as Report;
    waits[report.id]!(report);
  });
  return {
    wait: (intervals, url, token) =>
      new Promise((resolve, reject) => {
        const id = waits.length;
        waits.push((report) => (report.error === undefined ? resolve(report) : reject(new Error(report.error))));
        child.stdin!.write(`${JSON.stringify({ id, url, token, intervals })}\n`);
      }),
    close: async () => {
      child.stdin!.end();
      await child;
    },
  };
}

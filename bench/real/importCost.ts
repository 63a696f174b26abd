import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { median } from "../waits/waits";

/** What one process of Node needs to load the SDK, and the built package after it. */
export interface Loading {
  sdk: { milliseconds: number; megabytes: number };
  ours: { milliseconds: number; megabytes: number; modules: number };
}

/** What the package adds to a program that has loaded the SDK: shares of the SDK's own time and memory, and modules. */
export interface ImportCost {
  timeShare: number;
  memoryShare: number;
  modules: number;
}

// Both in one process: what slows one down slows down the other.
const program = `
const load = (file) => {
  gc();
  const before = { at: performance.now(), heap: process.memoryUsage().heapUsed, modules: Object.keys(require.cache).length };
  require(file);
  const milliseconds = performance.now() - before.at;
  gc();
  const megabytes = (process.memoryUsage().heapUsed - before.heap) / 1e6;
  return { milliseconds, megabytes, modules: Object.keys(require.cache).length - before.modules };
};
console.log(JSON.stringify({ sdk: load("@pulumi/pulumi"), ours: load(process.argv[1]) }));
`;

/** Loads both in processes of their own, one after the other. */
export async function measureImports(processes: number): Promise<Loading[]> {
  const loadings: Loading[] = [];
  for (let i = 0; i < processes; i++) {
    const args = ["--expose-gc", "-e", program, path.join(repositoryRoot, "bin/provider/index.js")];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: repositoryRoot });
    loadings.push(JSON.parse(stdout) as Loading);
  }
  return loadings;
}

export function importCost(loadings: Loading[]): ImportCost {
  return {
    timeShare: median(loadings.map(({ sdk, ours }) => ours.milliseconds / sdk.milliseconds)),
    memoryShare: median(loadings.map(({ sdk, ours }) => ours.megabytes / sdk.megabytes)),
    modules: Math.max(...loadings.map(({ ours }) => ours.modules)),
  };
}

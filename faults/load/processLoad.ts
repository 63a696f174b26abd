import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";
import { project } from "../servers/login";
import type { LoadService } from "./loadService";
import { usageMeter, type Usage } from "../../engine/usageMeter";

const program = `
const { getBackgroundTask } = require("pulumi-otc-background-task");
const tasks = JSON.parse(require("node:fs").readFileSync(__dirname + "/tasks.json", "utf8"));
Promise.all(tasks.map((task) => getBackgroundTask(task))).then(
  (ended) => {
    process.exitCode = ended.every(({ status }) => status === "SUCCESS") ? 0 : 2;
  },
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
`;

/** A program without an engine that waits for all of them. Resolves with what its process used. */
export async function waitInProcess({ tasks, endpoint }: LoadService, signal: AbortSignal): Promise<Usage> {
  const folder = mkdtempSync(path.join(tmpdir(), "load-"));
  try {
    const waits = JSON.stringify(tasks.map(({ instanceId, taskId }) => ({ instanceId, taskId, endpoint })));
    const files = { "index.js": program, "usageMeter.js": usageMeter, "tasks.json": waits };
    const cwd = await writeProgram({ files }, folder);
    const own = Object.entries(process.env).filter(([name]) => !/^OS_|_PROXY$/i.test(name));
    const env = {
      ...Object.fromEntries(own),
      OS_TOKEN: "token-of-load",
      OS_PROJECT_ID: project.id,
      OS_AUTH_URL: `${endpoint}/v3`,
      METERED: "index.js",
    };
    const script = ["--require", path.join(cwd, "usageMeter.js"), path.join(cwd, "index.js")];
    const child = spawn(process.execPath, script, { cwd, env, stdio: ["ignore", "ignore", "pipe"], signal });
    let printed = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new Error(`it exited with ${code}: ${printed.slice(-1000)}`);
    return JSON.parse(readFileSync(path.join(cwd, "usage.json"), "utf8")) as Usage;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

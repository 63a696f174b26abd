import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator } from "../../emulator";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { run } from "../installs/commands";
import { type Installed, nodeVersions } from "../installs/installation";
import { packages } from "../installs/versions";
import { putProgram } from "../programs/programFiles";
import { testRunners } from "../programs/testFiles";
import type { Cell } from "../runs/cell";

const axis = "Outside Pulumi and in tests";

const runnerCells: Cell[] = ([20, 26] as const).flatMap((node) =>
  (["Jest", "Vitest", "node:test"] as const).flatMap((runner) =>
    (["mocks", "emulator"] as const).map((what): Cell => {
      const name = `${runner.toLowerCase().replace(":", "-")}-${what}-node${node}`;
      return {
        name,
        axis,
        title: `${runner}, ${what === "mocks" ? "`pulumi.runtime.setMocks`" : "the emulator"}`,
        isQuick: name === "vitest-emulator-node26" || name === "vitest-mocks-node26",
        installation: {
          node,
          sdk: "newest",
          packages: { Jest: packages.jest, Vitest: packages.vitest, "node:test": packages.typings }[runner],
        },
        run: (installed) => passTest(runner, what, installed),
      };
    }),
  ),
);

const scriptCells: Cell[] = nodeVersions.map((node) => ({
  name: `script-node${node}`,
  axis,
  title: "Plain script",
  isQuick: node === 26,
  installation: { node, sdk: "newest", packages: packages.typings },
  run: (installed) => runScript(installed, installed.nodeFile),
}));

export const outsideCells: Cell[] = [...scriptCells, ...runnerCells];

async function passTest(
  runner: keyof typeof testRunners,
  what: "mocks" | "emulator",
  { folder, env, nodeFile }: Installed,
): Promise<void> {
  const { files, command, passed } = testRunners[runner];
  const [name, text] = files[what];
  const takeOut = await putProgram(folder, { [name]: text }, {});
  try {
    // Ends by itself: an open handle would keep the runner.
    assert.match(await run(nodeFile, [...command, name], { cwd: folder, env }), passed);
  } finally {
    await takeOut();
  }
}

/** The example that needs no Pulumi program, by that runtime. */
export async function runScript({ folder, env }: Installed, runtime: string): Promise<void> {
  const script = await readFile(path.join(repositoryRoot, "examples", "plain-script", "index.mjs"), "utf8");
  const takeOut = await putProgram(folder, { "script.mjs": script }, {});
  const emulator = await startEmulator();
  try {
    const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }];
    const { taskId } = emulator.addTask({ name: "restart", progress });
    const printed = await run(runtime, ["script.mjs"], { cwd: folder, env: { ...env, ...emulator.env } });
    assert.match(printed, /waiting: restart EXECUTING[\s\S]*quiet after 1 task/);
    assert.ok(emulator.events().some((event) => event.taskId === taskId && event.terminal));
  } finally {
    await emulator.close();
    await takeOut();
  }
}

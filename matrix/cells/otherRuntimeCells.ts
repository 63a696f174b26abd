import { access } from "node:fs/promises";
import path from "node:path";
import type { Emulator } from "../../emulator";
import { failed, succeeded } from "../../tests/engine/stackScenario";
import type { Installation, Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";
import { packages } from "../installs/versions";
import { forms } from "../programs/forms";
import type { Cell } from "../runs/cell";
import { addTasks } from "../stacks/tasks";
import { assertCycle } from "../stacks/updateCycle";
import { inUserStack } from "../stacks/userStack";
import { runScript } from "./outsideCells";

const axis = "Other runtimes";
const bunHost = process.platform === "win32" ? "pulumi-language-bun.exe" : "pulumi-language-bun";

const plugAndPlay: Installation = { node: 24, sdk: "newest", manager: "yarn berry", linker: "pnp" };

export const otherRuntimeCells: Cell[] = [
  {
    name: "yarn-pnp-unset",
    axis,
    title: "Yarn berry, Plug'n'Play, without `NODE_OPTIONS`",
    isQuick: false,
    installation: plugAndPlay,
    run: withoutNodeOptions,
  },
  {
    name: "yarn-pnp",
    axis,
    title: "Yarn berry, Plug'n'Play, with `NODE_OPTIONS=\"--require ./.pnp.cjs\"`",
    isQuick: true,
    installation: plugAndPlay,
    run: withNodeOptions,
  },
  {
    name: "bun-runtime",
    axis,
    title: "`runtime: bun`",
    isQuick: false,
    installation: { node: 24, sdk: "newest", packages: packages.bun },
    run: bunRuntime,
  },
  {
    name: "bun-script",
    axis,
    title: "Plain script by Bun",
    isQuick: false,
    installation: { node: 24, sdk: "newest", packages: packages.bun },
    run: (installed) => runScript(installed, path.join(installed.folder, "node_modules", ".bin", "bun")),
  },
];

// A language host looks for the SDK in a node_modules.
async function withoutNodeOptions(installed: Installed, machine: Machine): Promise<{ cannot: string }> {
  let cannot = "";
  const { files, manifest } = forms.js;
  await inUserStack({ installed, machine, files, manifest, env: addTasks }, async ({ stack }) => {
    cannot = reasonIn(failed(await stack.up()), /error: .*SDK has not been installed/);
  });
  return { cannot };
}

async function withNodeOptions(installed: Installed, machine: Machine): Promise<void> {
  const { files, manifest } = forms.js;
  const options = { NODE_OPTIONS: "--require ./.pnp.cjs" };
  const env = (emulator: Emulator) => ({ ...addTasks(emulator), ...options });
  await inUserStack({ installed, machine, files, manifest, env }, (scenario) => assertCycle(scenario, installed));
}

async function bunRuntime(installed: Installed, machine: Machine): Promise<{ cannot: string } | void> {
  const hasHost = await access(path.join(machine.engine.bin, bunHost)).then(
    () => true,
    () => false,
  );
  let note: { cannot: string } | undefined;
  const files = { ...forms.js.files, "Pulumi.yaml": "name: program\nruntime: bun\n" };
  await inUserStack({ installed, machine, files, manifest: forms.js.manifest, env: addTasks }, async ({ stack }) => {
    const up = await stack.up();
    if (hasHost) succeeded(up);
    else
      note = {
        cannot: `this engine has no language host for it: ${reasonIn(failed(up), /no language plugin 'pulumi-language-bun' found/)}`,
      };
  });
  return note;
}

function reasonIn(output: string, pattern: RegExp): string {
  const [line] = pattern.exec(output) ?? [];
  if (line === undefined) throw new Error(`failed for another reason than expected:\n${output}`);
  return line.replace(/^\s*(error: )*/, "").trim();
}

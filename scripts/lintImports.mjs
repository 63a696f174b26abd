// The second half of `npm run lint`: prints which folder may import which, and holds it.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { rooms } from "../.dependency-cruiser.mjs";

for (const [house, names] of Object.entries(rooms)) console.error(`${house}/: ${names.join(" > ")}`);

const command = path.join(
  path.dirname(createRequire(import.meta.url).resolve("dependency-cruiser/package.json")),
  "bin",
  "dependency-cruise.mjs",
);
const { status } = spawnSync(
  process.execPath,
  [command, "--output-type", "err", "provider", "emulator", "engine", "bench"],
  { stdio: "inherit" },
);
process.exit(status ?? 1);

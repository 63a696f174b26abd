// The second half of `npm run lint`: prints which folder may import which, and holds it.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { rooms } from "../.dependency-cruiser.mjs";
import { repositoryRoot } from "./stamps.mjs";

for (const [house, names] of Object.entries(rooms)) console.error(`${house}/: ${names.join(" > ")}`);

const cruise = path.join(repositoryRoot, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
const { status } = spawnSync(process.execPath, [cruise, "--output-type", "err", ...Object.keys(rooms)], {
  cwd: repositoryRoot,
  stdio: "inherit",
});
process.exit(status ?? 1);

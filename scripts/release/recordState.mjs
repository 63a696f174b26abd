// `npm run release:record`: keeps the provider texts and the states of the version in package.json, against which the
// tests of later versions run.
import { spawnSync } from "node:child_process";
import { repositoryRoot } from "../stamps.mjs";
import { bin } from "../steps.mjs";

const test = ["--selectProjects", "engine", "--testPathPatterns", "releasedState"];
const { status } = spawnSync(process.execPath, [bin("jest"), ...test], {
  cwd: repositoryRoot,
  env: { ...process.env, RECORD: "release" },
  stdio: "inherit",
});
process.exit(status ?? 1);

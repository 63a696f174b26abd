// Brings a clone to where its commands can run: packages installed, bin/ built; each only when it is out of date.
// Plain Node: on a fresh clone no package is there yet. Says what it did on stderr, one line a step.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { isInRange } from "./nodeVersion.mjs";
import { npmCommand } from "./npmCommand.mjs";
import { withLock } from "./runLock.mjs";
import { isBuilt, isInstalled, repositoryRoot, writeInstallStamp } from "./stamps.mjs";

const { engines } = JSON.parse(readFileSync(path.join(repositoryRoot, "package.json"), "utf8"));
if (!isInRange(process.version, engines.node)) {
  fail(`This needs Node.js ${engines.node.replace("||", "or")}; here it is ${process.version}.`);
}

const lock = path.join(repositoryRoot, ".cache", "setup.lock");
await withLock(lock, setUp, () => say("Another run is setting this clone up; waiting for it."));

async function setUp() {
  if (isInstalled()) {
    say("Packages: as in package-lock.json.");
  } else {
    await step("Packages: npm ci", npmCommand(["ci", "--no-audit", "--no-fund"]));
    writeInstallStamp();
  }
  if (isBuilt()) say("Build: bin/ is up to date.");
  else await step("Build: bin/", [process.execPath, [path.join(repositoryRoot, "scripts", "build.mjs")]]);
}

/** Runs a command; shows that it goes on, and what it printed if it fails. */
async function step(title, [command, args, options = {}]) {
  const startedAt = performance.now();
  const seconds = () => `${Math.round((performance.now() - startedAt) / 1000)} s`;
  const child = spawn(command, args, { cwd: repositoryRoot, stdio: ["ignore", "pipe", "pipe"], ...options });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += data));
  const timer = setInterval(() => say(`${title} (${seconds()})`), 15_000);
  const code = await new Promise((resolve) => {
    child.on("error", (error) => {
      printed += error.message;
      resolve(1);
    });
    child.on("close", resolve);
  });
  clearInterval(timer);
  // The reason comes first; npm adds pages of usage.
  if (code !== 0) fail(`${printed.split("\n").slice(0, 40).join("\n")}\n${title} failed.`);
  say(`${title}, done in ${seconds()}.`);
}

function say(line) {
  console.error(line);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

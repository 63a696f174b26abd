// Hashes of what was installed and built, so that `npm run demo` and `npm test` do nothing twice. Plain Node because
// this runs on a fresh clone, before any package is there.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repositoryRoot = fileURLToPath(new URL("..", import.meta.url));

const inRoot = (...names) => path.join(repositoryRoot, ...names);
const installStamp = inRoot("node_modules", ".installed-from");
// Not in bin/, which is published. When node_modules is installed anew, what is bundled may be new too.
const buildStamp = inRoot("node_modules", ".built-from");

const buildScripts = /^(build|declarations|emptyModules|oneCopyOfEachVersion|thirdPartyNotices)\.mjs$/;

/** Is what package-lock.json asks for installed? */
export function isInstalled() {
  return read(installStamp) === installHash() || installedByHand();
}

export function writeInstallStamp() {
  writeFileSync(installStamp, installHash());
}

/** Was bin/ built from the sources as they are? */
export function isBuilt() {
  return existsSync(inRoot("bin", "provider", "index.js")) && read(buildStamp) === buildHash();
}

export function writeBuildStamp() {
  mkdirSync(path.dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, buildHash());
}

function installHash() {
  return hashOf([inRoot("package-lock.json")]);
}

function buildHash() {
  const sources = ["provider", "emulator", "cli"].flatMap((folder) => filesIn(inRoot(folder)));
  const scripts = filesIn(inRoot("scripts")).filter((file) => buildScripts.test(path.basename(file)));
  const settings = ["package-lock.json", "tsconfig.json", "tsconfig.build.json"].map((name) => inRoot(name));
  return hashOf([...sources, ...scripts, ...settings]);
}

/** `npm install` leaves no stamp of ours, but its own record, which holds what was really installed. */
function installedByHand() {
  const record = read(inRoot("node_modules", ".package-lock.json"));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  const wanted = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(([at, { version, link, optional, devOptional }]) => {
    // "" and what has no node_modules in its path are the root and its workspaces.
    if (!at.includes("node_modules/")) return true;
    const found = installed[at];
    if (found === undefined) return Boolean(optional || devOptional);
    return link ? Boolean(found.link) : found.version === version;
  });
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(path.relative(repositoryRoot, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

// The third part of `npm run lint`: no committed file names a package registry's host, which would bind each clone to it
// (npm writes them into the lock file where `omit-lockfile-registry-resolved` is not set), or a path of somebody's machine.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "./stamps.mjs";

const places = [
  /\b(?:registry|proxy|index|static)\.[\w-]+\.(?:org|com|io|dev)\b/,
  /"resolved": "[a-z+]+:/,
  // "me" and "someone" are nobody.
  /(?<![\w.~/])\/(?:root|Users\/\w+|home\/(?!(?:me|someone)\/)\w+)\//,
];

const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: repositoryRoot,
  encoding: "utf8",
});
const files = (listed.stdout ?? "").split("\0").filter(Boolean);
const found = files.flatMap((file) => {
  const at = path.join(repositoryRoot, file);
  if (!statSync(at, { throwIfNoEntry: false })?.isFile()) return [];
  const lines = readFileSync(at, "utf8").split("\n");
  return lines.flatMap((line, i) => {
    const place = places.map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
    return place ? [`${file}:${i + 1}: ${place}`] : [];
  });
});
for (const line of found) console.error(line);
console.error(`${files.length} files: ${found.length} names of a registry or of somebody's machine.`);
process.exit(found.length === 0 ? 0 : 1);

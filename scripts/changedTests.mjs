// `npm test -- --changed`: which test files a change touches.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { bin } from "./steps.mjs";

/** Changes of these affect every test. */
const forAll = /^(package(-lock)?\.json|jest\.config\.mjs|tsconfig(\.build)?\.json)$/;
/** What goes into bin/, which process and engine tests run, and what makes the engine. */
const built =
  /^((provider|emulator|cli)\/|scripts\/(build|declarations|emptyModules|oneCopyOfEachVersion)\.mjs$|engine\/.*(?<!\.ts)$)/;

/**
 * The test files that are touched by what changed since a commit, what is not committed included: those that import it;
 * those that name it (an example, a recording, a page); and all that run bin/, if that is built from it.
 */
export function changedTests(since) {
  const changed = changedFiles(since);
  const sources = testSources();
  if (changed.some((file) => forAll.test(file))) return sources.filter(isTest);
  const touched = changed.filter((file) => file.endsWith(".ts") && existsSync(file));
  for (const file of changed) touched.push(...sources.filter((source) => names(readFileSync(source, "utf8"), file)));
  const running = changed.some((file) => built.test(file)) ? sources.filter(runsBuiltPackage) : [];
  return [...new Set([...importersOf(touched), ...running])].sort();
}

function changedFiles(since) {
  const tracked = git(["diff", "--name-only", "--relative", since === undefined ? "HEAD" : mergeBase(since)]);
  return [...tracked, ...git(["ls-files", "--others", "--exclude-standard"])];
}

function mergeBase(since) {
  return git(["merge-base", since, "HEAD"])[0];
}

/** Does the text of a test, or of what tests share, name a file that it reads or starts? Imports are Jest's to follow. */
function names(text, file) {
  const [folder, example] = file.split("/");
  if (folder === "examples") return text.includes(`"${example}"`) || text.includes(`examples/${example}/`);
  // What reads all pages.
  if (file.endsWith(".md") && text.includes("markdownFiles(")) return true;
  if (file.startsWith("tests/recordings/")) return /recordings["/]/.test(text);
  const isModule = /\.(ts|mjs)$/.test(file);
  return text.includes(isModule ? file.split("/").slice(-2).join("/") : path.basename(file));
}

function importersOf(files) {
  if (files.length === 0) return [];
  const listed = run(process.execPath, [bin("jest"), "--listTests", "--findRelatedTests", ...new Set(files)]);
  return listed.map((file) => path.relative("", file).replaceAll("\\", "/"));
}

function testSources() {
  const all = readdirSync("tests", { recursive: true }).filter((name) => name.endsWith(".ts"));
  return all.map((name) => path.join("tests", name).replaceAll("\\", "/"));
}

function isTest(file) {
  return file.endsWith(".test.ts");
}

function runsBuiltPackage(file) {
  return isTest(file) && /^tests\/(process|engine)\//.test(file);
}

function git(args) {
  return run("git", args);
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${command} ${args.slice(0, 3).join(" ")} failed: ${error?.message ?? stderr}`);
  return stdout.split("\n").filter(Boolean);
}

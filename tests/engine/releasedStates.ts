import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";
import type { ExportedResource } from "../../engine/stackFiles";
import { barrier, byTitle, inRecordedStack, type RecordedStacks, recordStacks, type StackName } from "./recordedStacks";
import type { Scenario } from "./scenario";

const releasesFolder = path.join(__dirname, "..", "recordings", "releases");

/** A resource of each kind of provider text, by the file that keeps the text. */
const resourceOfText: Record<string, string> = {
  "provider-text.js.txt": "BackgroundTask succeeded",
  "deleting-provider-text.js.txt": "BackgroundTask deleting",
  "search-provider-text.js.txt": "BackgroundTaskSearch named",
  "barrier-provider-text.js.txt": `${barrier} quiet`,
};

/** Whether this run keeps the states of package.json's version: `npm run release:record`. */
export const isRecording = process.env["RECORD"] === "release";

/** The versions whose states are kept. */
export function releases(): string[] {
  return [...new Set([...readdirSync(releasesFolder), ...(isRecording ? [ownVersion()] : [])])].sort();
}

function ownVersion(): string {
  const manifest = readFileSync(path.join(repositoryRoot, "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** The provider texts that a version wrote, by their file. */
export function textsOf(version: string): Record<string, string> {
  const read = (name: string) => readFileSync(path.join(releasesFolder, version, name), "utf8");
  return Object.fromEntries(Object.keys(resourceOfText).map((name) => [name, read(name)]));
}

export function statesOf(version: string): RecordedStacks {
  return JSON.parse(readFileSync(path.join(releasesFolder, version, "states.json"), "utf8")) as RecordedStacks;
}

/** Keeps what the version in package.json writes. */
export async function recordRelease(): Promise<void> {
  const version = ownVersion();
  const states = await recordStacks();
  const settled = byTitle(states.settled);
  const source =
    `The resources in the states of the two stacks of tests/engine/recordedStacks.ts after \`pulumi up\` with version ` +
    `${version}: npm run release:record`;
  const folder = path.join(releasesFolder, version);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "states.json"), `${JSON.stringify({ source, ...states }, undefined, 2)}\n`);
  for (const [name, title] of Object.entries(resourceOfText)) {
    await writeFile(path.join(folder, name), settled[title]!.inputs!["__provider"] as string);
  }
}

/** Runs a test on a stack that a version wrote, and with an emulator that has its tasks. */
export async function inReleasedStack(
  version: string,
  name: StackName,
  test: (scenario: Scenario, resources: ExportedResource[]) => Promise<void>,
): Promise<void> {
  const { [name]: resources } = statesOf(version);
  await inRecordedStack(name, resources, (scenario) => test(scenario, resources));
}

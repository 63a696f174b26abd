import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ExportedResource } from "../../engine/stackFiles";
import { inRecordedStack, type RecordedStacks, recordStacks, type StackName } from "./recordedStacks";
import type { Scenario } from "./scenario";

export const recordingName = "state-before-rooms.json";
const recording = path.join(__dirname, "..", "recordings", recordingName);
const source =
  "The resources in the states of the two stacks of tests/engine/olderStacks.ts after `pulumi up` (CLI 3.259.0, SDK 3.248.0) " +
  "with the package of commit cc96bd9. Recorded in a clone of that commit with tests/engine/olderStacks.ts and olderState.test.ts " +
  `copied into it: RECORD=${recordingName} npx jest --selectProjects engine --testPathPatterns olderState`;

/** Writes the recording anew, with the package of the commit that is checked out. */
export async function record(): Promise<void> {
  await writeFile(recording, `${JSON.stringify({ source, ...(await recordStacks()) }, undefined, 2)}\n`);
}

/** Runs a test on a stack with the recorded state, and with an emulator that has the tasks of that state. */
export async function inOlderStack(
  name: StackName,
  test: (scenario: Scenario, resources: ExportedResource[]) => Promise<void>,
): Promise<void> {
  const { [name]: resources } = JSON.parse(await readFile(recording, "utf8")) as RecordedStacks;
  await inRecordedStack(name, resources, (scenario) => test(scenario, resources));
}

import { readFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../../engine/repositoryRoot";
import { type Scenario, succeeded } from "../scenario";

/** Where an example is. */
export const folderOf = (example: string) => path.join(repositoryRoot, "examples", example);

/** Expects every line of an example's expected output among what the CLI printed. */
export async function expectPrinted(example: string, printed: string): Promise<void> {
  const normalised = printed
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<date>")
    .replace(/\(id [0-9a-f-]+\)/g, "(id <task id>)")
    .replace(/"[0-9a-f]{32}"/g, '"<task id>"')
    .replace(/instance [0-9a-f-]{36}/g, "instance <instance id>")
    .replace(/\btask [0-9a-f]{32}\b/g, "task <task id>")
    .replace(/\b[\d.]+ ?s\b/g, "<time>");
  const lines = new Set(normalised.split("\n").map((line) => line.trim()));
  const expected = await readFile(path.join(folderOf(example), "expected-output.txt"), "utf8");
  const missing = expected.split("\n").filter((line) => !lines.has(line.trim()));
  expect({ missing, printed: missing.length > 0 ? normalised : "" }).toEqual({ missing: [], printed: "" });
}

/** What a second update sends, which must have nothing to do; a refresh and a third neither. */
export async function sentByAnother({ emulator, stack }: Scenario): Promise<string[]> {
  const sent = emulator.requests().length;
  expect(succeeded(await stack.up({ args: ["--expect-no-changes"] }))).toMatch(/\d unchanged/);
  succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
  succeeded(await stack.up({ args: ["--expect-no-changes"] }));
  return emulator
    .requests()
    .slice(sent)
    .map(({ path }) => path);
}

/** What a destroy sends, which must leave nothing. */
export async function sentByDestroy({ emulator, stack }: Scenario): Promise<string[]> {
  const sent = emulator.requests().length;
  succeeded(await stack.destroy());
  expect((await stack.exportState()).deployment.resources ?? []).toEqual([]);
  return emulator
    .requests()
    .slice(sent)
    .map(({ path }) => path);
}

/** When tasks began and ended, in the order of their beginning, without the one that is there from the start. */
export function tasksOf({ emulator, endedAtMs }: Scenario): { name: string; beganMs: number; endedMs: number }[] {
  const began = emulator.events().filter(({ kind, taskId }) => kind === "taskCreated" && taskId !== emulator.taskId);
  return began.map(({ name, timeMs, taskId }) => ({ name, beganMs: timeMs, endedMs: endedAtMs(taskId) ?? NaN }));
}

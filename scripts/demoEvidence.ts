import type { Emulator } from "../emulator/index";
import type { StackExport } from "../engine/stackFiles";
import type { Observation } from "./demoReport";

/** Whether the dependent started after the task's end, by the emulator's own clock. */
export function waitedForTheTask(emulator: Emulator): Observation {
  const binds = emulator.events().filter(({ name }) => name === "bindInstancePublicIp");
  const began = binds.find(({ kind }) => kind === "taskCreated");
  const ended = binds.find(({ terminal }) => terminal);
  if (began === undefined || ended === undefined) return { unexpected: "the emulator saw no complete bind" };

  // The task was found by its name in the list.
  const looks = emulator.requests().filter(({ route, taskId }) => route === "listTasks" || taskId === began.taskId);
  const followed = emulator.requests().findLast(({ route }) => route === "showInstance");
  if (followed === undefined) return { unexpected: "the dependent did not read the instance" };
  if (followed.timeMs < ended.timeMs) return { unexpected: "the dependent did not wait for the task's end" };
  return {
    seen:
      `the bind was found by its name and took ${seconds(ended.timeMs - began.timeMs)}, ${looks.length} looks; ` +
      `the dependent came ${seconds(followed.timeMs - ended.timeMs)} after its end`,
  };
}

/** The last part of the type of each of the program's own resources in the state. */
export function createdTypes(state: StackExport): string[] {
  const types = (state.deployment.resources ?? []).map(({ type }) => type);
  return types.filter((type) => !type.startsWith("pulumi:")).map((type) => type.split(":").at(-1) ?? type);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

import type { Emulator } from "../emulator/index";
import type { StackExport } from "../engine/stackFiles";
import type { Observation } from "./demoReport";

/** Whether the dependents started after the task's end, by the emulator's own clock. */
export function waitedForTheTask(emulator: Emulator): Observation {
  const binds = emulator.events().filter(({ name }) => name === "bindInstancePublicIp");
  const began = binds.find(({ kind }) => kind === "taskCreated");
  const ended = binds.find(({ terminal }) => terminal);
  if (began === undefined || ended === undefined) return { unexpected: "the emulator saw no bind from start to end" };

  // The list is where the task was found by its name.
  const looks = emulator.requests().filter(({ route, taskId }) => route === "listTasks" || taskId === began.taskId);
  const followed = emulator.requests().findLast(({ route }) => route === "showInstance");
  if (followed === undefined) return { unexpected: "what follows did not read the instance" };
  if (followed.timeMs < ended.timeMs) return { unexpected: "what follows did not wait for the task's end" };
  return {
    seen:
      `the bind was found by its name and took ${seconds(ended.timeMs - began.timeMs)}, ${looks.length} looks; ` +
      `what follows came ${seconds(followed.timeMs - ended.timeMs)} after its end`,
  };
}

/** The last part of the type of each resource in the state that is the program's own. */
export function createdTypes(state: StackExport): string[] {
  const types = (state.deployment.resources ?? []).map(({ type }) => type);
  return types.filter((type) => !type.startsWith("pulumi:")).map((type) => type.split(":").at(-1) ?? type);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

import type { HermeticStack } from "../../engine/hermeticStack";
import type { ExportedResource } from "../../engine/stackFiles";
import { inOlderStack, record, recordingName } from "./olderStacks";
import { barrier, byTitle, expectResumed, ids, olderBarrier, sentTo, task, titleOf } from "./recordedStacks";
import { failed, succeeded } from "./scenario";

// What the commit that wrote the states does with them is what each later one must do. Only the barriers have another type
// now: an update creates new ones and deletes the older ones.

beforeAll(async () => {
  if (process.env["RECORD"] === recordingName) await record();
});

/** What a preview would do to each resource that it does not leave as it is. */
async function changesIn(stack: HermeticStack): Promise<Record<string, string>> {
  const { steps } = JSON.parse(succeeded(await stack.preview({ args: ["--json"] }))) as {
    steps: { op: string; urn: string }[];
  };
  return Object.fromEntries(steps.filter(({ op }) => op !== "same").map((step) => [titleOf(step), step.op]));
}

/** The barriers of a state, each of which the barrier of the new type replaces. */
function replacements(...names: string[]): Record<string, string> {
  const changes = names.map((name) => ({ [`${barrier} ${name}`]: "create", [`${olderBarrier} ${name}`]: "delete" }));
  return Object.assign({}, ...changes) as Record<string, string>;
}

describe("a state written by the commit before provider/ had rooms", () => {
  it("shows no change but new barriers and sends nothing but their looks, except to delete a record on destroy", async () => {
    await inOlderStack("settled", async ({ emulator, stack }) => {
      succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
      expect(await changesIn(stack)).toEqual(replacements("quiet", "quietAfterRestart", "quietAfterFailure"));
      expect(emulator.requests()).toEqual([]);

      // Each new barrier looks once, at the tasks and at the instance. Deleting the older ones sends nothing.
      succeeded(await stack.up());
      const looks = [...Array<string>(3).fill("listTasks"), ...Array<string>(3).fill("showInstance")];
      expect(sentTo(emulator).sort()).toEqual(looks);
      const { resources = [] } = (await stack.exportState()).deployment;
      expect(resources.filter(({ type }) => type.endsWith(`:${olderBarrier}`))).toEqual([]);
      for (const command of ["preview", "refresh", "up"] as const) {
        succeeded(await stack[command]({ args: ["--expect-no-changes"] }));
      }
      expect(sentTo(emulator)).toHaveLength(6);

      succeeded(await stack.destroy());
      expect(sentTo(emulator).slice(6)).toEqual([`deleteTask ${ids.deleting}`]);
      expect(emulator.tasks().map(({ taskId }) => taskId)).not.toContain(ids.deleting);
    });
  });

  it("fails again for what failed, and resumes the rest from what was recorded", async () => {
    await inOlderStack("unsettled", async ({ emulator, stack }, recorded) => {
      expect(await changesIn(stack)).toEqual({
        "BackgroundTask failed": "update",
        "BackgroundTask failedDeleting": "update",
        "BackgroundTask pending": "update",
        "BackgroundTask appeared": "update",
        "BackgroundTaskSearch missing": "update",
        "BackgroundTask missing": "create",
        "BackgroundTaskSearch late": "update",
        "BackgroundTask late": "create",
        ...replacements("barrierOfFailed", "barrierOfPending"),
      });
      expect(emulator.requests()).toEqual([]);

      // Only tasks that had not ended are looked at.
      emulator.addTask(task("appeared", "reassignPartitions", "SUCCESS"));
      succeeded(await stack.refresh());
      expect(sentTo(emulator).sort()).toEqual(
        [ids.appeared, ids.looked, ids.pending].map((taskId) => `showTask ${taskId}`).sort(),
      );

      for (const taskId of [ids.pending, ids.busy]) emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      // It started after the recorded update did, and before this one.
      const { leastMs } = byTitle(recorded)["BackgroundTaskSearch late"]!.outputs!["start"] as { leastMs: number };
      emulator.addTask(
        task("late", "extendInstance", "SUCCESS", { createdAt: new Date(leastMs + 5000).toISOString() }),
      );
      const output = failed(await stack.up({ args: ["--continue-on-error"] }));
      // The search has said what is wrong: its task has nothing to add.
      expect(output).toContain("background task never was not found");
      expect(output).not.toContain("taskId is required");

      const { resources = [] } = (await stack.exportState()).deployment;
      const after = byTitle(resources);
      // With --continue-on-error an update that failed still deletes what the program no longer has: the older barriers.
      const isKept = ({ type }: ExportedResource) => !type.endsWith(`:${olderBarrier}`);
      for (const resource of recorded) {
        expect(after[titleOf(resource)]?.id).toBe(isKept(resource) ? resource.id : undefined);
      }
      expectResumed(resources);
      // It starts anew, and the task that the older one waited for has ended.
      expect(after[`${barrier} barrierOfPending`]!.outputs).toMatchObject({ isQuiet: true, tasks: [] });

      const sent = sentTo(emulator).length;
      succeeded(await stack.destroy());
      expect(sentTo(emulator).slice(sent)).toEqual([`deleteTask ${ids.failedDeleting}`]);
    });
  });
});

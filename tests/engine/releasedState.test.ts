import { barrier, byTitle, expectResumed, ids, sentTo, task, titleOf } from "./recordedStacks";
import { inReleasedStack, isRecording, recordRelease, releases } from "./releasedStates";
import { failed, succeeded } from "./scenario";

// State files live longer than releases: what a released version wrote, today's package must read, resume and destroy.

beforeAll(async () => {
  if (isRecording) await recordRelease();
});

describe.each(releases())("a state written by version %s", (version) => {
  it("shows no change in a preview, a refresh and an update, and destroy sends only what deletes a record", async () => {
    await inReleasedStack(version, "settled", async ({ emulator, stack }) => {
      for (const command of ["preview", "refresh", "up"] as const) {
        succeeded(await stack[command]({ args: ["--expect-no-changes"] }));
      }
      expect(sentTo(emulator)).toEqual([]);

      succeeded(await stack.destroy());
      expect(sentTo(emulator)).toEqual([`deleteTask ${ids.deleting}`]);
    });
  });

  it("fails again for what failed, resumes the rest, and keeps each resource", async () => {
    await inReleasedStack(version, "unsettled", async ({ emulator, stack }, recorded) => {
      emulator.addTask(task("appeared", "reassignPartitions", "SUCCESS"));
      for (const taskId of [ids.pending, ids.busy]) emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      // It started after the recorded update did, and before this one.
      const { leastMs } = byTitle(recorded)["BackgroundTaskSearch late"]!.outputs!["start"] as { leastMs: number };
      const createdAt = new Date(leastMs + 5000).toISOString();
      emulator.addTask(task("late", "extendInstance", "SUCCESS", { createdAt }));

      failed(await stack.up({ args: ["--continue-on-error"] }));

      const { resources = [] } = (await stack.exportState()).deployment;
      const after = byTitle(resources);
      for (const resource of recorded) expect(after[titleOf(resource)]?.id).toBe(resource.id);
      expectResumed(resources);
      expect(after[`${barrier} barrierOfPending`]!.outputs).toMatchObject({ isQuiet: true });

      const sent = sentTo(emulator).length;
      succeeded(await stack.destroy());
      expect(sentTo(emulator).slice(sent)).toEqual([`deleteTask ${ids.failedDeleting}`]);
    });
  });
});

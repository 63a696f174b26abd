import { declaredTasks } from "./declaredTasks";
import { failed, inScenario, type Scenario, succeeded } from "./scenario";

describe("the deletion of a record", () => {
  let output: string;
  let refusedId: string;
  let unansweredId: string;
  let kept: Awaited<ReturnType<Scenario["resource"]>>[];
  let left: string[];

  // Two deletions side by side: the service refuses the one that comes first, and does not answer the other.
  beforeAll(() =>
    inScenario({ files: declaredTasks }, async ({ emulator, stack, resource }) => {
      const { taskId } = emulator;
      const another = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS" }] }).taskId;
      const tasks = { one: { taskId, deleteRecord: true }, another: { taskId: another, deleteRecord: true } };
      await stack.setConfig("program:tasks", JSON.stringify(tasks));
      succeeded(await stack.up());

      emulator.replyNext({ route: "deleteTask", status: 403, code: "DMS.00403002", message: "no right" });
      emulator.replyNext({ route: "deleteTask", times: 1000, status: 503, message: "later" });
      output = failed(await stack.destroy({ args: ["--continue-on-error"] }));
      const refused = emulator.requests().find(({ route, status }) => route === "deleteTask" && status === 403);
      refusedId = refused!.taskId!;
      unansweredId = refusedId === taskId ? another : taskId;
      kept = [await resource("one"), await resource("another")];

      emulator.reset();
      emulator.addTask({ name: "restart", id: another, progress: [{ status: "SUCCESS" }] });
      emulator.replyNext({ route: "deleteTask", times: 2, status: 503 });
      succeeded(await stack.destroy());
      left = emulator.tasks().map((task) => task.taskId);
    }),
  );

  it("says why it was refused, keeps the resource, and removes both the next time", () => {
    const refused = output.replace(/\s+/g, " ");
    expect(refused).toContain(`${refusedId}`);
    expect(refused).toContain("HTTP 403, DMS.00403002: no right");
    expect(refused).toContain("The permission dms:instance:deleteBackgroundTask is needed.");
    expect(refused).not.toMatch(/ at .*\(/);
    expect(kept).toEqual([expect.anything(), expect.anything()]);
    expect(left).toEqual([]);
  });

  it("gives up after a minute of a service that does not answer, and works the next time", () => {
    const unanswered = output.replace(/\s+/g, " ");
    expect(unanswered).toContain(`deleting the record of background task ${unansweredId}`);
    expect(unanswered).toContain("HTTP 503");
    expect(left).toEqual([]);
  });
});

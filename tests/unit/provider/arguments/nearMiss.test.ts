import { taskArguments } from "../../../../provider/arguments/arguments";
import { nearestName } from "../../../../provider/arguments/nearMiss";

describe("the name that was meant", () => {
  const { names } = taskArguments;
  it.each([
    ["taskID", "taskId"],
    ["task_id", "taskId"],
    ["TaskId", "taskId"],
    ["instanceid", "instanceId"],
    ["tiemoutSeconds", "timeoutSeconds"],
    ["timeoutSecond", "timeoutSeconds"],
    ["trigger", "triggers"],
    ["nmae", "name"],
  ])("by %s is %s", (given, meant) => {
    expect(nearestName(given, names)).toBe(meant);
  });

  it.each(["", "id", "timeout", "now", "jobId", "x".repeat(100_000)])("by %p is none of them", (given) => {
    expect(nearestName(given, names)).toBeUndefined();
  });

  it("is not called missing as well", () => {
    const faults = taskArguments.faultsOf({ instanceId: "i", taskid: "t" });
    expect(faults.map(({ property }) => property)).toEqual(["taskid"]);
    const others = taskArguments.faultsOf({ taskid: "t", timeoutSecond: 1 });
    expect(others.map(({ property }) => property)).toEqual(["instanceId", "taskid", "timeoutSecond"]);
  });

  it("is asked for in the message, before the list of all", () => {
    const [fault] = taskArguments.faultsOf({ instanceId: "i", taskId: "t", failOnErorr: true });
    expect(fault!.reason).toMatch(
      /^unknown argument "failOnErorr": did you mean failOnError\? The arguments are instanceId, taskId, /,
    );
  });
});

import * as forms from "../../../../provider/arguments/arguments";
import * as barrier from "../../../../provider/lifecycles/barrierLifecycle";
import * as search from "../../../../provider/lifecycles/searchLifecycle";
import * as task from "../../../../provider/lifecycles/taskLifecycle";

const ofOne = { instanceId: "instance", taskId: "task" };
const byName = { instanceId: "instance", name: "restart" };
const ofAll = { instanceId: "instance" };

describe("the argument cloud", () => {
  it.each([
    ["a function", forms.lookUpArguments.faultsOf, ofOne],
    ["a list", forms.listArguments.faultsOf, ofAll],
    ["getQuietInstance", forms.quietInstanceArguments.faultsOf, ofAll],
    ["BackgroundTask", forms.taskArguments.faultsOf, ofOne],
    ["its search", forms.searchArguments.faultsOf, byName],
    ["QuietInstance", forms.barrierArguments.faultsOf, ofAll],
  ])("of %s names an entry, and is not empty", (_what, faultsOf, args) => {
    expect(faultsOf({ ...args, cloud: "shop" })).toEqual([]);
    expect(faultsOf({ ...args, cloud: "" })).toEqual([{ property: "cloud", reason: "cloud must not be empty" }]);
    expect(faultsOf({ ...args, cloud: 1 })).toEqual([
      { property: "cloud", reason: "cloud must be a string, but is 1" },
    ]);
  });

  it.each([
    ["BackgroundTask", task.diff, { ...ofOne, status: "SUCCESS", given: ["instanceId", "taskId", "cloud"] }],
    ["its search", search.diff, { ...byName, taskId: "task", given: ["instanceId", "name", "cloud"] }],
    ["QuietInstance", barrier.diff, { ...ofAll, given: ["instanceId", "cloud"] }],
  ])("of %s means another wait when it changes", async (_what, diff, state) => {
    const { given, ...args } = state;
    const olds = { ...state, cloud: "shop" };
    expect(await diff("id", olds, { ...args, cloud: "office" } as never)).toMatchObject({ replaces: ["cloud"] });
    expect(await diff("id", olds, { ...args, cloud: "shop" } as never)).toMatchObject({ replaces: [] });
  });
});

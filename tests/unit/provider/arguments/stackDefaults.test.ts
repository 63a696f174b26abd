import { listArguments, taskArguments } from "../../../../provider/arguments/arguments";
import { readStackDefaults } from "../../../../provider/arguments/stackDefaults";

const read = (settings: Record<string, string>) => readStackDefaults((key) => settings[key]);
const args = { instanceId: "instance", taskId: "task" };

describe("a stack's defaults", () => {
  it("are the numbers that are set; an empty value counts as not set", () => {
    expect(read({})).toEqual({ defaults: {}, faults: [] });
    expect(read({ timeoutSeconds: "", maxDelaySeconds: "2.5", minDelaySeconds: "1" })).toEqual({
      defaults: { maxDelaySeconds: 2.5 },
      faults: [],
    });
    expect(read({ timeoutSeconds: "600" }).defaults).toEqual({ timeoutSeconds: 600 });
  });

  it.each([
    ["timeoutSeconds", "0", "a number of seconds over 0, and no more than 86400, but is 0"],
    ["timeoutSeconds", "10m", 'a number of seconds over 0, and no more than 86400, but is "10m"'],
    ["timeoutSeconds", " ", 'a number of seconds over 0, and no more than 86400, but is " "'],
    ["maxDelaySeconds", "86401", "a number of seconds from 0.1 to 86400, but is 86401"],
  ])("are no default if malformed, but a sentence that names the key: %s %j", (key, text, what) => {
    const { defaults, faults } = read({ [key]: text });
    expect(defaults).not.toHaveProperty(key, expect.anything());
    expect(faults).toEqual([`otc-background-task:${key} in the Pulumi configuration must be ${what}`]);
  });

  it("apply where an argument is not set", () => {
    const defaults = { timeoutSeconds: 600, maxDelaySeconds: 5 };
    expect(taskArguments.withDefaults(args, defaults)).toMatchObject(defaults);
    expect(listArguments.withDefaults({ instanceId: "instance" }, defaults)).toMatchObject(defaults);
    const own = { timeoutSeconds: 7, maxDelaySeconds: 8 };
    expect(taskArguments.withDefaults({ ...args, ...own }, defaults)).toMatchObject(own);
    expect(taskArguments.withDefaults(args)).toMatchObject({ timeoutSeconds: 1800, maxDelaySeconds: 120 });
  });

  it("must fit the other arguments", () => {
    const defaults = { maxDelaySeconds: 5 };
    expect(taskArguments.faultsOf({ ...args, minDelaySeconds: 5 }, defaults)).toEqual([]);
    expect(taskArguments.faultsOf({ ...args, minDelaySeconds: 10 }, defaults)).toEqual([
      {
        property: "minDelaySeconds",
        reason:
          "minDelaySeconds (10) must not be greater than otc-background-task:maxDelaySeconds in the Pulumi configuration (5)",
      },
    ]);
    expect(taskArguments.faultsOf({ ...args, minDelaySeconds: 10, maxDelaySeconds: 20 }, defaults)).toEqual([]);
    expect(taskArguments.faultsOf({ ...args, minDelaySeconds: 10, maxDelaySeconds: 7 }, defaults)).toEqual([
      { property: "minDelaySeconds", reason: "minDelaySeconds (10) must not be greater than maxDelaySeconds (7)" },
    ]);
  });
});

import type { BackgroundTaskPolicyPackArgs } from "../../../../provider/policy/packConfiguration";
import { packConfigurationOf, rules } from "../../../../provider/policy/packConfiguration";

const quiet = { "instance-quiet-before-change": "disabled" };

describe("the arguments of the pack", () => {
  it.each<[BackgroundTaskPolicyPackArgs, object]>([
    [{}, quiet],
    [{ all: "mandatory" }, { all: "mandatory", ...quiet }],
    [
      { all: "disabled", backgroundTaskSucceeded: "mandatory" },
      { all: "disabled", ...quiet, "background-task-succeeded": "mandatory" },
    ],
    [
      { boundedWait: { maxSeconds: 7200, enforcementLevel: "advisory" } },
      { ...quiet, "bounded-wait": { maxSeconds: 7200, enforcementLevel: "advisory" } },
    ],
    // Without a level of its own: that of all, else the rule's.
    [
      { boundedWait: { maxSeconds: 7200 } },
      { ...quiet, "bounded-wait": { maxSeconds: 7200, enforcementLevel: "mandatory" } },
    ],
    [
      { all: "advisory", boundedWait: { minSeconds: 0 } },
      { all: "advisory", ...quiet, "bounded-wait": { minSeconds: 0, enforcementLevel: "advisory" } },
    ],
    [
      { instanceQuietBeforeChange: { resources: [{ type: "a:b:C", property: "id" }] } },
      {
        "instance-quiet-before-change": {
          resources: [{ type: "a:b:C", property: "id" }],
          enforcementLevel: "mandatory",
        },
      },
    ],
    [{ boundedWait: undefined }, quiet],
  ])("%j become the SDK's configuration", (args, configuration) => {
    expect(packConfigurationOf(args)).toEqual(configuration);
  });

  it.each([
    [{ boundedwait: "mandatory" }, 'unknown policy "boundedwait": the policies are backgroundTaskSucceeded, '],
    [{ all: "high" }, 'the level of all must be one of advisory, mandatory, disabled, but is "high".'],
    [
      { boundedWait: "remediate" },
      'the level of boundedWait must be one of advisory, mandatory, disabled, but is "remediate".',
    ],
    [{ boundedWait: { enforcementLevel: 1 } }, "the level of boundedWait must be one of"],
    [
      { boundedWait: { maxMinutes: 1 } },
      'boundedWait has no setting "maxMinutes": its settings are minSeconds, maxSeconds.',
    ],
    [{ backgroundTaskSucceeded: { a: 1 } }, 'backgroundTaskSucceeded has no setting "a": its settings are none.'],
  ])("%j are refused in one sentence", (args, message) => {
    expect(() => packConfigurationOf(args as BackgroundTaskPolicyPackArgs)).toThrow(message);
  });
});

describe("every rule", () => {
  it.each(Object.entries(rules))("%s says what it is about, and what to do", (key, rule) => {
    expect(rule.name).toBe(key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    expect(rule.description).toMatch(/\.$/);
    expect(rule.remediationSteps).toMatch(/\.$/);
    expect(["advisory", "mandatory"]).toContain(rule.enforcementLevel);
    for (const property of Object.values(rule.configSchema?.properties ?? {})) {
      expect(property.description).toMatch(/\.$/);
      expect(property.default).toBeDefined();
    }
  });
});

import { add, only, pack, tasks } from "./policyPacks";
import { failed, inScenario, succeeded } from "./scenario";

describe("background-task-succeeded", () => {
  it("fails an update whose task failed, warns, is silent or is configured by a file", async () => {
    await inScenario({ files: tasks }, async (scenario) => {
      const { stack } = scenario;
      const mandatory = await stack.policyPack(only("backgroundTaskSucceeded"));
      succeeded(await stack.up({ args: mandatory }));

      const [good, bad] = [add(scenario, "SUCCESS"), add(scenario, "FAILED")];
      await stack.setConfig("program:taskIds", `${good},${bad}`);
      succeeded(await stack.preview({ args: mandatory }));
      const output = failed(await stack.up({ args: mandatory }));
      expect(output).toContain("[mandatory]  background-task-succeeded");
      expect(output).toContain(`BackgroundTask "task-${bad}": background task restart (id ${bad}) of instance`);
      expect(output).toContain("ended with status FAILED (started 20");
      expect(output).not.toContain(`BackgroundTask "task-${good}"`);
      // In previews, too, once it is recorded.
      failed(await stack.preview({ args: mandatory }));

      const advisory = succeeded(await stack.up({ args: await stack.policyPack(pack({ all: "advisory" })) }));
      expect(advisory).toContain("[advisory]  background-task-succeeded");
      expect(succeeded(await stack.up({ args: await stack.policyPack(pack({ all: "disabled" })) }))).not.toContain(bad);
      const config = { "bounded-wait": { enforcementLevel: "mandatory", minSeconds: 60 } };
      const byFile = failed(await stack.up({ args: await stack.policyPack(pack({ all: "disabled" }), config) }));
      expect(byFile).toContain("times out after 40 s (set with timeoutSeconds), but 60 to 3600 s are allowed");
      expect(byFile).not.toContain("background-task-succeeded");

      await stack.setConfig("program:taskIds", good);
      succeeded(await stack.up({ args: mandatory }));
    });
  });

  it("refuses settings that its pack's schema does not allow, before anything is created", async () => {
    await inScenario({ files: tasks }, async ({ stack }) => {
      const config = { "bounded-wait": { maxSeconds: "long" } };
      const output = failed(await stack.up({ args: await stack.policyPack(pack({}), config) }));
      expect(output).toContain("bounded-wait: maxSeconds: Invalid type. Expected: number, given: string");
    });
  });
});

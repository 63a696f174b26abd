import { mkdir } from "node:fs/promises";
import path from "node:path";
import { linkPackage, writeFiles } from "../../engine/programFolder";
import { removePackage } from "./removedPackage";
import { failed, inScenario, succeeded } from "./scenario";

// As pnpm and npm's workspaces lay it out: the package stands beside the library that depends on it, and nowhere else.

const files = {
  "index.js": `
const { waitFor } = require("shared-library");
exports.status = waitFor(process.env.OTC_INSTANCE_ID, process.env.OTC_TASK_ID).status;
`,
};

describe("a program that gets the package through a shared library alone", () => {
  it("is told in one sentence what to add, and works with it", async () => {
    await inScenario({ files }, async ({ stack, emulator }) => {
      await removePackage(stack);
      const library = path.join(stack.programDir, "node_modules", "shared-library");
      await mkdir(path.join(library, "node_modules"), { recursive: true });
      await writeFiles(
        {
          "package.json": JSON.stringify({ name: "shared-library", main: "index.js" }),
          "index.js": `
const { BackgroundTask } = require("pulumi-otc-background-task");
exports.waitFor = (instanceId, taskId) => new BackgroundTask("bound", { instanceId, taskId });
`,
        },
        library,
      );
      await linkPackage(library);

      const output = failed(await stack.up()).replace(/\s+/g, " ");
      expect(output).toContain("add pulumi-otc-background-task to the dependencies of the program's own package.json.");
      expect(output).not.toContain("is not a function");
      expect(emulator.requests()).toEqual([]);

      await linkPackage(stack.programDir);
      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({ status: "SUCCESS" });
    });
  });
});

import { inScenario, succeeded } from "../scenario";
import { expectPrinted, folderOf } from "./exampleRun";

describe("the example look-up", () => {
  it("hands the fields of a task to the program", async () => {
    await inScenario({ programDir: folderOf("look-up") }, async ({ stack }) => {
      await expectPrinted("look-up", succeeded(await stack.up()));
    });
  });
});

import { CommandSandbox } from "./commandSandbox";
import { commandScript, withoutComment } from "./commandScript";
import { documentedCommands } from "./documentedCommands";
import { followedElsewhere, notRun } from "./notRun";

// The commands in the documentation are what users type: each runs in a shell, with the real CLI, against the emulator.

jest.setTimeout(300_000);

const pages = documentedCommands();

const taskAt = (index: number) =>
  `$(curl -s "\${OS_AUTH_URL%/v3}/_emulator/tasks" | node -p 'JSON.parse(fs.readFileSync(0)).tasks.at(${index}).taskId')`;
const placeholders: Record<string, string> = {
  INSTANCE: '"$OTC_INSTANCE_ID"',
  TASK: '"$OTC_TASK_ID"',
  "<the task's id>": taskAt(-1),
  "<the first task's id>": taskAt(-3),
  "<the second task's id>": taskAt(-2),
};

/** Commands that end with an error, as their page says. */
const failing: Record<string, RegExp> = {
  "examples/failed-task/README.md": /^pulumi up$/,
  "examples/policy-pack/README.md": /^pulumi up --policy-pack pack$/,
};

/** What a page's reader has done before. */
const before: Record<string, string> = {
  "emulator/README.md": "url=${OS_AUTH_URL%/v3}",
};

describe("the documentation's commands", () => {
  let sandbox: CommandSandbox;
  beforeAll(async () => {
    sandbox = await CommandSandbox.create();
    expect(await sandbox.run("pulumi stack init dev", "program")).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => sandbox.remove());

  it.each([...pages.keys()].filter((page) => !Object.hasOwn(followedElsewhere, page)))("work: %s", async (page) => {
    const reader = { placeholders, failing: failing[page], before: before[page] };
    const blocks = pages.get(page)!;
    // Pages for users are about a program of their own, and each of their blocks stands alone.
    const isForUsers = /^(docs\/|README\.md$)/.test(page);
    const script = isForUsers
      ? blocks.map((block) => `(\n${commandScript([block], reader)}\n)`).join("\n")
      : commandScript(blocks, reader);
    const { exitCode, printed } = await sandbox.run(script, isForUsers ? "program" : "clone");
    expect({ exitCode, printed: exitCode === 0 ? "" : `${script}\n${printed}` }).toEqual({ exitCode: 0, printed: "" });
  });

  it("are all there that are not run", () => {
    const lines = [...pages.values()].flat().flatMap(({ commands }) => commands.split("\n").map(withoutComment));
    expect(Object.keys(notRun).filter((command) => !lines.includes(command))).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { debugVariables } from "../../../../provider/output/log";
import { placesOf, settingNames } from "../../../../provider/settings/settingTable";

const page = readFileSync(path.join(__dirname, "../../../../docs/configuration.md"), "utf8");

const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

/** The rows of the table under "## Settings", by the setting's name. */
function rows(): Map<string, string[]> {
  const [section] = page.split("\n## Settings\n")[1]!.split("\n## ");
  const lines = section!.split("\n").filter((line) => line.startsWith("| `"));
  return new Map(
    lines.map((line) => {
      const [first, ...cells] = line.split("|").slice(1, -1);
      return [codes(first!)[0]!, [first!, ...cells]];
    }),
  );
}

describe("docs/configuration.md", () => {
  it("has a row for each setting, in the order of the table in code, and no other", () => {
    expect([...rows().keys()]).toEqual(settingNames);
  });

  it.each(settingNames)("shows where %s is looked for, in the order in which it is", (name) => {
    const { config, env, clouds, isSecret } = placesOf(name);
    const [first, ...cells] = rows().get(name)!;
    expect(cells.map(codes)).toEqual([config, env, clouds]);
    expect(first!.includes("(secret)")).toBe(isSecret === true);
  });

  it("names the switches of the debug log", () => {
    expect(debugVariables.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { debugVariables } from "../../../../provider/output/log";
import type { CloudProvider } from "../../../../provider/task/cloudProviders";
import { placesOf, type SettingName, settingNames } from "../../../../provider/settings/settingTable";

const page = readFileSync(path.join(__dirname, "../../../../docs/configuration.md"), "utf8");

const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

/** The rows of the table under a heading, by the setting's name. */
function rows(heading: string): Map<string, string[]> {
  const [section] = page.split(`\n${heading}\n`)[1]!.split("\n## ");
  const [table] = section!.split("\n### ");
  const lines = table!.split("\n").filter((line) => line.startsWith("| `"));
  return new Map(
    lines.map((line) => {
      const [first, ...cells] = line.split("|").slice(1, -1);
      return [codes(first!)[0]!, [first!, ...cells]];
    }),
  );
}

const otc = "## Settings";
const huawei = "### Huawei Cloud's names";

/** What the page leaves out of a key: its namespace is in the table's head, unless it is another. */
const namesOf = (name: SettingName, cloudProvider: CloudProvider) => {
  const { config, env, clouds } = placesOf(name, cloudProvider);
  return { config, env, clouds };
};

describe("docs/configuration.md", () => {
  it("has a row for each setting of Open Telekom Cloud, in the order of the table in code, and no other", () => {
    const named = settingNames.filter((name) =>
      Object.values(namesOf(name, "opentelekomcloud")).some((l) => l.length > 0),
    );
    expect([...rows(otc).keys()]).toEqual(named);
  });

  it.each(settingNames)("shows where %s is looked for, in the order in which it is", (name) => {
    const { config, env, clouds, isSecret } = placesOf(name);
    const [first, ...cells] = rows(otc).get(name) ?? ["", "", "", ""];
    expect(cells.map(codes)).toEqual([config, env, clouds]);
    expect(first!.includes("(secret)")).toBe(first !== "" && isSecret === true);
  });

  it("has a row for each setting with a name of Huawei Cloud's, in the order of the table in code, and no other", () => {
    const named = settingNames.filter((name) => {
      const { config, env } = namesOf(name, "huaweicloud");
      return config.length + env.length > 0;
    });
    expect([...rows(huawei).keys()]).toEqual(named);
  });

  it.each(settingNames)("shows Huawei Cloud's names of %s, in the order in which they are looked for", (name) => {
    const { config, env, profile } = placesOf(name, "huaweicloud");
    expect((rows(huawei).get(name) ?? ["", "", "", ""]).slice(1).map(codes)).toEqual([config, env, profile]);
  });

  it("names the switches of the debug log", () => {
    expect(debugVariables.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readSettings } from "../../../../provider/settings/settings";
import { SettingsError } from "../../../../provider/task/errors";

let folder: string;
const warnings: Error[] = [];
const onWarning = (warning: Error) => void warnings.push(warning);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "clouds-"));
  warnings.length = 0;
  process.on("warning", onWarning);
});
afterEach(() => {
  process.off("warning", onWarning);
  rmSync(folder, { recursive: true });
});

const head = `clouds:
  shop:
    region_name: eu-de
    auth:
      username: deploy
      user_domain_name: OTC-EU-DE-1
      project_name: eu-de_shop
`;

/** The password that a file leads to, or the error, after the folder's name. */
async function passwordOf(text: string | Buffer): Promise<string> {
  writeFileSync(path.join(folder, "clouds.yaml"), text);
  try {
    const folders = { cwd: folder, home: folder };
    const { credentials } = readSettings({}, () => undefined, { OS_CLOUD: "shop" }, folders);
    return "password" in credentials ? credentials.password : "";
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message.replace(`${folder}/`, "");
  } finally {
    // A process warning is told in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const bomb =
  "a: &a [x, x, x, x, x, x, x, x, x, x]\n" +
  [..."bcdefg"].map((c, i) => `${c}: &${c} [${Array(10).fill(`*${"abcdef"[i]}`).join(", ")}]\n`).join("");

describe("of what a clouds.yaml holds nothing is shown, but where it is wrong is,", () => {
  it.each([
    ["a reference that is none", `${head}      password: *Hunter2\n`, 8],
    ["a template that was not filled in", `${head}      password: {{ Hunter2 }}\n`, 8],
    ["a list for a name", `${head}      ? [Hunter2]\n      : x\n`, 8],
    ["a reference for a name", `${head}      password: &x Hunter2\n      *x : y\n`, 9],
    ["a merge of a text", `${head}      <<: Hunter2\n`, 8],
    ["a merge of a list of texts", `${head}      <<: [Hunter2]\n`, 8],
    ["a merge of nothing there is", `${head}      <<: *Hunter2\n`, 8],
    ["references that make a thousand times more", `${bomb}${head}      password: *g\n`, 4],
    ["a reference to itself", `${head}      password: &x [Hunter2, *x]\n`, 8],
    ["a merge of itself", `${head}      password: x\n  more: &more\n    <<: *more\n`, 10],
    ["a name that is there twice", `${head}      password: Hunter2\n      password: Hunter2\n`, 9],
    ["a quote that is not closed", `${head}      password: "Hunter2\n`, 9],
    ["a character that no value begins with", `${head}      password: @Hunter2\n`, 8],
  ])("for %s", async (_what, text, line) => {
    const message = await passwordOf(text);
    expect(message).toMatch(new RegExp(`^clouds\\.yaml is not valid YAML: line ${line} \\(.+\\)\\.$`));
    expect(message).not.toContain("Hunter2");
    expect(warnings).toEqual([]);
  });

  it("for a file that is not UTF-8", async () => {
    const text = Buffer.from(`${head}      password: p\u00e4ssword\n`, "latin1");
    expect(await passwordOf(text)).toBe("clouds.yaml is not UTF-8: line 8. Save the file as UTF-8.");
    expect(await passwordOf(Buffer.from(`\ufeff${head}`, "utf16le"))).toBe(
      "clouds.yaml is not UTF-8: line 1. Save the file as UTF-8.",
    );
  });

  it.each([
    ["as a list", "[Hunter2]"],
    ["as a mapping", "{name: Hunter2}"],
    ["as a mapping", "\n        name: Hunter2"],
    ["with a tag or an anchor", "!secret Hunter2"],
    ["with a tag or an anchor", "!Hunter2"],
    ["with a tag or an anchor", "!!str Hunter2"],
    ["with a tag or an anchor", "!!binary SHVudGVyMg=="],
    ["with a tag or an anchor", "&Hunter2"],
    ["with a tag or an anchor", "&pass Hunter2"],
  ])("for a password that YAML reads %s: %j", async (read, password) => {
    const line = password.startsWith("\n") ? 9 : 8;
    expect(await passwordOf(`${head}      password: ${password}\n`)).toBe(
      `clouds.yaml, line ${line}: auth.password must be a text, but YAML reads it ${read}. Put the value in quotes.`,
    );
  });

  it("for a secret of secure.yaml", async () => {
    writeFileSync(path.join(folder, "secure.yaml"), "clouds:\n  shop:\n    auth: {password: [Hunter2]}\n");
    expect(await passwordOf(head)).toMatch(/^secure\.yaml, line 3: auth\.password must be a text/);
  });
});

describe("a password is read as it is written", () => {
  it.each([
    ["with a mark of the byte order before it all", `\ufeff${head}      password: Hunter2\n`, "Hunter2"],
    ["in quotes", `${head}      password: "*Hunter2 {{ & }} #1"\n`, "*Hunter2 {{ & }} #1"],
    ["in quotes, where a word means nothing without them", `${head}      password: "null"\n`, "null"],
    ["outside of ASCII", `${head}      password: p\u00e4ss\u{1f511}\n`, "p\u00e4ss\u{1f511}"],
    ["by a reference", `x: &x Hunter2\n${head}      password: *x\n`, "Hunter2"],
    ["by merges, the first of which wins", merging("[*a, *b]"), "Hunter2"],
  ])("%s", async (_what, text, password) => {
    expect(await passwordOf(text)).toBe(password);
    expect(warnings).toEqual([]);
  });
});

function merging(of: string): string {
  return `a: &a {password: Hunter2}\nb: &b {password: no, username: no}\n${head}      <<: ${of}\n`;
}

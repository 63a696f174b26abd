import fc from "fast-check";
import { placesOf, settingNames } from "../../provider/settings/settingTable";

/** A file for a folder that is searched, and the scalars in it that no error may show. */
export interface OddFile {
  text: string | Buffer;
  secrets: string[];
}

let marks = 0;

/** A word that stands nowhere else. */
function mark(): string {
  return `Zq${(++marks).toString(36)}Xw`;
}

const paths = settingNames.flatMap((name) =>
  placesOf(name).clouds.map((at) => ({ at, isSecret: placesOf(name).isSecret === true })),
);

const around = fc.constantFrom(
  "",
  "*",
  "&",
  "!",
  "|",
  ">",
  "%",
  "@",
  "`",
  "{{ ",
  "[",
  "{",
  ": ",
  " #",
  "- ",
  "? ",
  "'",
  '"',
  "\\",
  "\t",
  "\u0085",
  "\u2028",
  "\u{1f511}",
  "<<",
  "~",
  "!!binary ",
  "0x",
  "=",
);

/** How a value is written: as YAML has it, and as people do. */
const written = (value: string): fc.Arbitrary<string> =>
  fc
    .tuple(around, around, fc.constantFrom("plain", "double", "single", "block", "flow"))
    .map(([before, after, style]) => {
      const text = `${before}${value}${after}`;
      if (style === "double") return JSON.stringify(text);
      if (style === "single") return `'${text.replaceAll("'", "''")}'`;
      if (style === "block") return `|\n        ${text}`;
      return style === "flow" ? `[${text}]` : text;
    });

interface Line {
  text: string;
  secrets: string[];
}

const entryLine: fc.Arbitrary<Line> = fc.constantFrom(...paths).chain(({ at, isSecret }) => {
  const value = mark();
  const key = at.split(".").at(-1)!;
  const indent = at.includes(".") ? "      " : "    ";
  return written(value).map((text) => ({ text: `${indent}${key}: ${text}`, secrets: isSecret ? [value] : [] }));
});

/** An entry with some of the settings, written oddly. */
const oddEntry: fc.Arbitrary<OddFile> = fc.array(entryLine, { minLength: 1, maxLength: 8 }).map((lines) => {
  const isInAuth = ({ text }: Line) => text.startsWith("      ");
  const text = [
    "clouds:",
    "  shop:",
    ...lines.filter((line) => !isInAuth(line)).map((line) => line.text),
    "    auth:",
    ...lines.filter(isInAuth).map((line) => line.text),
  ];
  return { text: `${text.join("\n")}\n`, secrets: lines.flatMap(({ secrets }) => secrets) };
});

/** An ordinary file, of which every scalar is a secret, damaged in some places. */
const damaged: fc.Arbitrary<OddFile> = fc
  .array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.oneof(around, fc.constantFrom("\n", "  ", "\r", "\0", "---\n", "...\n", "\ufeff"))), { minLength: 1, maxLength: 4 })
  .map((damages) => {
    const password = mark();
    const secretKey = mark();
    let text = `clouds:\n  shop:\n    region_name: eu-de\n    auth:\n      username: deploy\n      password: ${password}\n      user_domain_name: OTC-1\n      project_name: eu-de_shop\n  other:\n    auth:\n      ak: AK\n      sk: "${secretKey}"\n      project_id: p\n`;
    for (const [at, length, piece] of damages) {
      const start = at % text.length;
      text = text.slice(0, start) + piece + text.slice(start + length);
    }
    return { text, secrets: [password, secretKey] };
  }); // prettier-ignore

const referring: fc.Arbitrary<OddFile> = fc
  .array(fc.constantFrom("&a", "*a", "<<: *a", "<<: [*a, *b]", "&b", "*b", "!!str", "!!set", "!!binary", "!x", "!!null", "? ", "- ", "<<: &a"), { minLength: 1, maxLength: 5 })
  .map((tokens) => {
    const [first, second] = [mark(), mark()];
    const lines = tokens.map((token, i) => `      ${i % 2 === 0 ? "password: " : ""}${token} ${i === 0 ? first : second}`);
    return { text: `x: &a {password: ${first}}\ny: &b [${second}]\nclouds:\n  shop:\n    auth:\n${lines.join("\n")}\n`, secrets: [first, second] };
  }); // prettier-ignore

const anyJson = fc
  .jsonValue({ maxDepth: 4 })
  .map((value): OddFile => ({ text: JSON.stringify({ clouds: { shop: value } }), secrets: [] }));

/** The secret at each place, as another type than a text. */
const secretOfOtherType = fc.constantFrom(...paths.filter(({ isSecret }) => isSecret)).chain(({ at }) => {
  const value = mark();
  const shapes = [[value], { [value]: value }, [[value]], { a: [value] }, [{ name: value }], { name: [value] }];
  return fc.constantFrom(...shapes).map((shape): OddFile => {
    const nested = at.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), shape);
    return { text: JSON.stringify({ clouds: { shop: nested } }), secrets: [value] };
  });
});

const bytes = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat()).map(([noise, at]): OddFile => {
  const password = mark();
  const file = Buffer.from(`clouds:\n  shop:\n    auth:\n      password: ${password}\n      username: deploy\n`);
  const start = at % file.length;
  return { text: Buffer.concat([file.subarray(0, start), noise, file.subarray(start)]), secrets: [password] };
});

export const oddFiles: { [kind: string]: fc.Arbitrary<OddFile> } = {
  "settings that are written oddly": oddEntry,
  "a file that was damaged": damaged,
  "tags, anchors, references and merges": referring,
  "an entry of any shape": anyJson,
  "secrets of other types": secretOfOtherType,
  "bytes that are no text": bytes,
};

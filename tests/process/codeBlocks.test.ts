import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { markdownFiles } from "../../scripts/site/markdownFiles";
import { type CodeBlock, markdownPage } from "../../scripts/site/markdownPage";
import { codeModules } from "./codeModules";
import { faultsOfTexts } from "./compiledTexts";
import { docstringExamples } from "./docstringExamples";
import { readersNames } from "./readersNames";

// The code in the documentation is what users copy: it compiles against the built package.

jest.setTimeout(120_000);

const blocksOf = new Map(
  markdownFiles(repositoryRoot).map((file) => [
    file,
    markdownPage(readFileSync(path.join(repositoryRoot, file), "utf8")).blocks,
  ]),
);
const blocks = [...blocksOf].flatMap(([file, all]) => all.map((block) => ({ at: `${file}:${block.line}`, ...block })));
const inLanguage = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));

const examplesOf = ["provider", "emulator"].flatMap((folder) => [...docstringExamples(folder)]);
const modules = [...blocksOf, ...examplesOf].flatMap(([file, all]) =>
  codeModules(
    file,
    all.filter(({ language }) => ["ts", "js"].includes(language)),
  ).map((module) => ({ ...module, at: `${file}:${module.block.line}` })),
);

describe("a block of code in the documentation", () => {
  let faults: ReturnType<typeof faultsOfTexts>;
  beforeAll(() => {
    const given = path.join(repositoryRoot, "docs", "readersNames.d.ts");
    const texts = new Map([[given, readersNames], ...modules.map(({ file, text }) => [file, text] as const)]);
    faults = faultsOfTexts(ts, texts, {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowJs: true,
      checkJs: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2023.d.ts"],
      types: ["node", "jest"],
    });
    expect(faults.get(given)).toEqual([]);
  });

  it("has no lack of TypeScript", () => {
    expect(modules.filter(({ at }) => at.includes(".md:")).length).toBeGreaterThan(10);
    expect(modules.filter(({ at }) => at.includes(".ts:")).length).toBeGreaterThan(10);
  });

  it.each(modules)("compiles: $at", ({ file, block }) => {
    const found = faults.get(file)!.map(({ line, message }) => `line ${block.line + line}: ${message}`);
    expect(found).toEqual([]);
  });

  it.each(inLanguage("json"))("is JSON: $at", ({ text }) => {
    expect(() => void JSON.parse(text)).not.toThrow();
  });

  it.each(inLanguage("yaml"))("is YAML: $at", ({ text }) => {
    expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
  });

  it("names its language, so that it is checked or is known to be no code", () => {
    const known = ["ts", "js", "json", "yaml", "sh", "console", "text"];
    const unknown = blocks.filter(({ language }: CodeBlock) => !known.includes(language));
    expect(unknown.map(({ at, language }) => `${at} ${language}`)).toEqual([]);
  });
});

import path from "node:path";
import { findOnPath, type PathProbe } from "../../../../engine/routes/pathRoute";

const bin = path.resolve("/somewhere/bin");
const pulumi = path.join(bin, "pulumi");

function probe(answers: Partial<PathProbe> = {}): PathProbe {
  return {
    findAll: () => Promise.resolve([pulumi]),
    version: () => Promise.resolve("v3.259.0\n"),
    missingExecutables: () => Promise.resolve([]),
    ...answers,
  };
}

describe("a pulumi on PATH", () => {
  test("is taken when it is new enough and has the rest of an engine beside it", async () => {
    expect(await findOnPath("3.248.0", probe())).toEqual({ found: { bin, version: "3.259.0" } });
  });

  test.each([
    ["3.248.0", "v3.248.0"],
    ["3.248.0", "3.1000.0"],
    ["3.248.0", "v3.260.0-alpha.1"],
  ])("that must be at least %s may be %s", async (oldest, version) => {
    const result = await findOnPath(oldest, probe({ version: () => Promise.resolve(version) }));
    expect(result).toHaveProperty("found");
  });

  test.each([
    ["v3.99.0", "the pulumi on PATH is 3.99.0, older than 3.248.0"],
    ["v3.248.0-alpha.1", "the pulumi on PATH is 3.248.0-alpha.1, older than 3.248.0"],
    ["v4.0.0", "the pulumi on PATH is 4.0.0, not version 3"],
    ["", `the pulumi on PATH (${pulumi}) prints no version`],
    ["command not found", `the pulumi on PATH (${pulumi}) prints no version`],
  ])("that prints '%s' is left alone, and the reason says so", async (version, whyNot) => {
    expect(await findOnPath("3.248.0", probe({ version: () => Promise.resolve(version) }))).toEqual({ whyNot });
  });

  test("that does not run is left alone", async () => {
    const broken = probe({ version: () => Promise.reject(new Error("EACCES")) });
    expect(await findOnPath("3.248.0", broken)).toEqual({ whyNot: `the pulumi on PATH (${pulumi}) does not run` });
  });

  test("without a language host beside it is left alone", async () => {
    const alone = probe({ missingExecutables: () => Promise.resolve(["pulumi-language-nodejs"]) });
    expect(await findOnPath("3.248.0", alone)).toEqual({
      whyNot: `the pulumi on PATH (${pulumi}) has no pulumi-language-nodejs beside it`,
    });
  });

  test("that is not there is the reason", async () => {
    expect(await findOnPath("3.248.0", probe({ findAll: () => Promise.resolve([]) }))).toEqual({
      whyNot: "no pulumi on PATH",
    });
  });
});

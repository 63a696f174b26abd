import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";
import type { ExportedResource } from "../../engine/stackFiles";
import { releases, statesOf, textsOf } from "../engine/releasedStates";

// The texts in the states of released versions find today's package by its name.

const operations = ["check", "create", "diff", "read", "update"];

/** What the SDK makes of a text in a program's folder, once it has called `configure`. */
function providerOf(text: string): Record<string, unknown> {
  const exports: { handler?: () => { configure(request: object): unknown } } = {};
  const { exports: entries } = jest.requireActual<{ exports: Record<string, { default: string }> }>(
    path.join(repositoryRoot, "package.json"),
  );
  const resolve = (name: string) => {
    const entry = name.replace(/^pulumi-otc-background-task/, ".");
    return path.join(repositoryRoot, entries[entry]!.default);
  };
  const require = Object.assign((name: string) => jest.requireActual<object>(resolve(name)), { resolve });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function("exports", "require", text)(exports, require);
  const provider = exports.handler!();
  provider.configure({ config: { get: () => undefined } });
  return { ...provider };
}

describe.each(releases())("the provider texts of version %s", (version) => {
  const texts = textsOf(version);

  it("are all that its states hold", () => {
    const { settled, unsettled } = statesOf(version);
    const held = [...settled, ...unsettled].map(({ inputs }: ExportedResource) => inputs?.["__provider"]);
    expect(new Set(held.filter(Boolean))).toEqual(new Set(Object.values(texts)));
  });

  it.each(Object.entries(texts))("get every operation from today's package: %s", (name, text) => {
    const found = Object.entries(providerOf(text)).flatMap(([key, value]) =>
      typeof value === "function" ? [key] : [],
    );
    expect(found).toEqual(expect.arrayContaining(operations));
    // A task's record is deleted only by who asked for it.
    expect(found.includes("delete")).toBe(name.startsWith("deleting"));
  });
});

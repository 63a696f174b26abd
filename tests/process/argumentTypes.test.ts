import path from "node:path";
import * as newest from "typescript";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { type Compiler, faultsOfTexts } from "./compiledTexts";

// What users' compilers say of the arguments' types: the built declarations are read by the repository's TypeScript and by
// the one that the SDK carries for users who have none.

jest.setTimeout(120_000);

const accepted = {
  "by id": `new BackgroundTask("a", { instanceId, taskId, wait: false, triggers: [1, { deep: [2] }], deleteRecord: true });`,
  "by an Output's id": `new BackgroundTask("a", { instanceId, taskId: text });`,
  "by name": `new BackgroundTask("a", { instanceId, name });`,
  "by name and time": `new BackgroundTask("a", { instanceId, name: text, createdAfter: new Date() });`,
  "with what is not set spelled out": `new BackgroundTask("a", { instanceId, taskId, name: undefined, createdAfter: undefined });`,
  "either, chosen by the program": `new BackgroundTask("a", isKnown ? { instanceId, taskId } : { instanceId, name });`,
  "extended by a type": `
    type OurArgs = BackgroundTaskArgs & { team: string };
    const ours = ({ team, ...args }: OurArgs) => new BackgroundTask(team, args);
    ours({ team: "shop", instanceId, taskId });
    ours({ team: "shop", instanceId, name });`,
  "function: by id": `getBackgroundTask({ instanceId, taskId, wait: isKnown }).then((task) => task.status);`,
  "function: by name and time": `getBackgroundTask({ instanceId, name, createdAfter: new Date(), wait: isKnown });`,
  "function: by name, now": `getBackgroundTask({ instanceId, name, wait: false });`,
  "function: by name, now or since": `
    isKnown
      ? getBackgroundTask({ instanceId, name, createdAfter })
      : getBackgroundTask({ instanceId, name, wait: false });`,
  "function: none there": `
    getBackgroundTask({ instanceId, taskId, ifMissing: "undefined" }).then((task) => task === undefined ? "" : task.taskId);`,
  "Output: by id": `getBackgroundTaskOutput({ instanceId: text, taskId: text, wait: flag }).status.apply((status) => status);`,
  "Output: by name and time": `getBackgroundTaskOutput({ instanceId, name: text, createdAfter: text });`,
  "Output: by name and Date": `getBackgroundTaskOutput({ instanceId, name, createdAfter: new Date() });`,
  "Output: by name, now": `getBackgroundTaskOutput({ instanceId, name: text, wait: false });`,
  "quiet instance": `new QuietInstance("a", { instanceId, expect: [name, text], quietSeconds: 0, triggers: [1] });`,
  "quiet instance, function": `getQuietInstance({ instanceId, quietSeconds: 0, createdAfter });`,
  "quiet instance, expecting": `getQuietInstance({ instanceId, expect: isKnown ? [name] : undefined, createdAfter });`,
  "quiet instance, Output": `getQuietInstanceOutput({ instanceId: text, expect: names, createdAfter: text });`,
  hooks: `
    new QuietInstance("a", { instanceId }, { hooks: quietInstanceHooks("a", { instanceId: text, beforeDelete: true }) });`,
  "hooks with a signal": `
    new QuietInstance("a", { instanceId }, { hooks: retryWhileBusy("a", { instanceId, maxRetries: 3, createdAfter: new Date() }, { signal }) });`,
  list: `getBackgroundTasks({ instanceId, name, status: "FAILED", createdBefore: new Date() });`,
  "list, Output": `getBackgroundTasksOutput({ instanceId: text, status: text });`,
};

const refused = {
  "neither id nor name": `new BackgroundTask("a", { instanceId });`,
  "both id and name": `new BackgroundTask("a", { instanceId, taskId, name });`,
  "both, of which one is an Output": `new BackgroundTask("a", { instanceId, taskId: text, name });`,
  "a time with an id": `new BackgroundTask("a", { instanceId, taskId, createdAfter });`,
  "an unknown argument": `new BackgroundTask("a", { instanceId, taskId, ifMissing: "error" });`,
  "function: neither id nor name": `getBackgroundTask({ instanceId });`,
  "function: both id and name": `getBackgroundTask({ instanceId, taskId, name, createdAfter });`,
  "function: a time with an id": `getBackgroundTask({ instanceId, taskId, createdAfter });`,
  "function: a name without a time": `getBackgroundTask({ instanceId, name });`,
  "function: a name without a time that waits": `getBackgroundTask({ instanceId, name, wait: true });`,
  "function: a name without a time that may wait": `getBackgroundTask({ instanceId, name, wait: isKnown });`,
  "function: an Output": `getBackgroundTask({ instanceId, taskId: text });`,
  "function: a task that may be missing": `
    getBackgroundTask({ instanceId, taskId, ifMissing: "undefined" }).then((task) => task.taskId);`,
  "Output: neither id nor name": `getBackgroundTaskOutput({ instanceId: text });`,
  "Output: both id and name": `getBackgroundTaskOutput({ instanceId, taskId: text, name: text, createdAfter });`,
  "Output: a name without a time": `getBackgroundTaskOutput({ instanceId, name: text });`,
  "Output: a name without a time that may wait": `getBackgroundTaskOutput({ instanceId, name, wait: flag });`,
  "quiet instance: a task": `new QuietInstance("a", { instanceId, taskId });`,
  "quiet instance, function: expecting without a time": `getQuietInstance({ instanceId, expect: [name] });`,
  "quiet instance, Output: expecting without a time": `getQuietInstanceOutput({ instanceId, expect: names });`,
  "hooks: triggers": `quietInstanceHooks("a", { instanceId, triggers: [1] });`,
  "hooks: expecting without a time": `quietInstanceHooks("a", { instanceId, expect: names });`,
  "hooks: retries that are not known yet": `quietInstanceHooks("a", { instanceId, maxRetries: pulumi.output(1) });`,
  "hooks: retries alone before a delete": `retryWhileBusy("a", { instanceId, beforeDelete: true });`,
  "list: a wait": `getBackgroundTasks({ instanceId, wait: true });`,
  "list: expecting": `getBackgroundTasks({ instanceId, expect: [name], createdAfter });`,
  "what is internal": `BackgroundTask.__pulumiType;`,
};

const given = `
import * as pulumi from "@pulumi/pulumi";
import {
  BackgroundTask, BackgroundTaskArgs, getBackgroundTask, getBackgroundTaskOutput, getBackgroundTasks, getBackgroundTasksOutput,
  getQuietInstance, getQuietInstanceOutput, QuietInstance, quietInstanceHooks, retryWhileBusy,
} from "../../bin/provider/index";
declare const instanceId: string, taskId: string, name: string, createdAfter: string, isKnown: boolean;
declare const text: pulumi.Output<string>, names: pulumi.Output<string[]>, flag: pulumi.Output<boolean>;
declare const signal: AbortSignal;
`;

const vendored = path.join(
  path.dirname(require.resolve("@pulumi/pulumi/package.json")),
  "vendor/typescript@3.8.3/typescript.js",
);
const compilers: [version: string, load: () => Compiler][] = [
  [newest.version, () => newest],
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  ["3.8.3", () => require(vendored) as Compiler],
];

/** What a compiler finds wrong with each snippet, all of them in one program. */
function faultsOf(ts: Compiler, snippets: Record<string, string>): Record<string, string[]> {
  const fileOf = (i: number) => path.join(repositoryRoot, "tests", "process", `snippet${i}.ts`);
  const texts = new Map(Object.values(snippets).map((text, i) => [fileOf(i), `${given}${text}\n`]));
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2019,
    module: ts.ModuleKind.CommonJS,
    // Its name has changed since 3.8, its number has not.
    moduleResolution: 2,
    types: [],
  };
  const faults = faultsOfTexts(ts, texts, options);
  return Object.fromEntries(
    Object.keys(snippets).map((title, i) => [
      title,
      faults.get(fileOf(i))!.map(({ code, message }) => `${code} ${message}`),
    ]),
  );
}

// Not assignable (argument, value, unknown property), no overload, no such property, perhaps undefined.
const refusals = /^(2345|2322|2353|2769|2339|2532|18048) /;

describe.each(compilers)("TypeScript %s", (version, load) => {
  const ts = load();
  let faults: Record<string, string[]>;
  beforeAll(() => {
    faults = faultsOf(ts, { ...accepted, ...refused });
  });

  it("is that version", () => {
    expect(ts.version).toBe(version);
  });

  it.each(Object.keys(accepted))("accepts: %s", (title) => {
    expect(faults[title]).toEqual([]);
  });

  it.each(Object.keys(refused))("refuses: %s", (title) => {
    expect(faults[title]).toEqual([expect.stringMatching(refusals)]);
  });
});

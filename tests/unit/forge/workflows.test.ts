import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { validateWorkflow } from "@action-validator/core";
import { parse } from "yaml";
import { repositoryRoot } from "../../../engine/repositoryRoot";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  permissions?: Record<string, string>;
  strategy?: { matrix: { node?: number[] } };
  "timeout-minutes"?: number;
  steps: Step[];
}
interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}

const inRoot = (...names: string[]) => path.join(repositoryRoot, ...names);
const read = (...names: string[]) => readFileSync(inRoot(...names), "utf8");
const manifest = JSON.parse(read("package.json")) as { scripts: Record<string, string>; bin: Record<string, string> };
const workflowFiles = readdirSync(inRoot(".github", "workflows"));
const texts = workflowFiles.map((name): [string, string] => [name, read(".github", "workflows", name)]);
const workflows = Object.fromEntries(texts.map(([name, text]) => [name, parse(text) as Workflow]));
const jobs = Object.entries(workflows).flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]): [string, Job] => [`${file}: ${name}`, job]),
);

describe("the workflows", () => {
  it.each(texts)("are valid: %s", (_, text) => {
    expect(validateWorkflow(text)).toEqual({ actionType: "workflow", errors: [] });
  });

  it.each(texts)("use actions of one commit, with the version beside it: %s", (_, text) => {
    const used = text.match(/uses:.*/g) ?? [];
    expect(used.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it.each(jobs)("run the commands of package.json, within a time: %s", (_, job) => {
    const commands = job.steps.flatMap(({ run }) => (run === undefined || run.startsWith("gh ") ? [] : [run]));
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const [, script = ""] = /^npm (?:run (?:--silent )?)?([\w:]+)/.exec(command) ?? [];
      expect(Object.keys(manifest.scripts)).toContain(script);
    }
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  it("have no more rights than to read, but for the release", () => {
    const rights = jobs.flatMap(([name, { permissions }]) => (permissions ? [[name, permissions]] : []));
    expect(Object.values(workflows).map(({ permissions }) => permissions)).toEqual(
      workflowFiles.map(() => ({ contents: "read" })),
    );
    expect(Object.fromEntries(rights)).toEqual({
      "release.yml: publish": { contents: "read", "id-token": "write" },
      "release.yml: notes": { contents: "write" },
    });
    expect(texts.filter(([, text]) => /secrets\./.test(text))).toEqual([]);
  });

  it("check each push on the supported versions of Node.js", () => {
    expect(workflows["check.yml"]!.jobs["check"]!.strategy!.matrix.node).toEqual([22, 24, 26]);
  });
});

describe("the issue forms", () => {
  const forms = readdirSync(inRoot(".github", "ISSUE_TEMPLATE")).filter((name) => name !== "config.yml");

  it.each(forms)("has what a form needs, and labels each field: %s", (name) => {
    const form = parse(read(".github", "ISSUE_TEMPLATE", name)) as {
      name: string;
      description: string;
      body: { type: string; id?: string; attributes: { label?: string; value?: string } }[];
    };
    expect([form.name, form.description]).toEqual([expect.any(String), expect.any(String)]);
    for (const { type, id, attributes } of form.body) {
      if (type === "markdown") expect(attributes.value).toEqual(expect.any(String));
      else expect([id, attributes.label]).toEqual([expect.any(String), expect.any(String)]);
    }
  });

  it("ask for what the command prints", () => {
    const command = Object.keys(manifest.bin)[0]!;
    expect(read(".github", "ISSUE_TEMPLATE", "bug.yml")).toContain(`npx ${command} doctor`);
    expect(read(".github", "ISSUE_TEMPLATE", "service.yml")).toMatch(
      new RegExp(`npx ${command} doctor INSTANCE --compare --output`),
    );
  });
});

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";

/** What tests read of a state. */
export interface StackExport {
  version: number;
  deployment: {
    pending_operations?: unknown[];
    resources?: ExportedResource[];
  };
}

export interface ExportedResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  dependencies?: string[];
  initErrors?: string[];
}

// The property by which the engine marks a special value, and its value for a secret.
const secretMark = '"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270"';

/**
 * The files in which the CLI keeps a stack: its configuration beside Pulumi.yaml, its state in the backend's folder. A
 * CLI call that reads or writes them takes 0.2 s, and tests would make hundreds of such calls.
 */
export class StackFiles {
  constructor(
    private readonly stackName: string,
    private readonly programDir: string,
    private readonly backend: string,
  ) {}

  /** Sets configuration values in clear; `undefined` removes one. */
  async setConfig(values: Record<string, string | undefined>): Promise<void> {
    const file = path.join(this.programDir, `Pulumi.${this.stackName}.yaml`);
    const settings = parse(await readFile(file, "utf8")) as { config?: object };
    settings.config = { ...settings.config, ...values };
    // In quotes, or the CLI would not read a time as text.
    const options = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 } as const;
    await writeFile(file, stringify(settings, options));
  }

  /** The state, as `pulumi stack export` prints it: secrets are encrypted. */
  async state(): Promise<StackExport> {
    const { name } = parse(await readFile(path.join(this.programDir, "Pulumi.yaml"), "utf8")) as { name: string };
    const file = path.join(this.backend, ".pulumi", "stacks", name, `${this.stackName}.json`);
    const { version, checkpoint } = JSON.parse(await readFile(file, "utf8")) as {
      version: number;
      checkpoint: { latest?: StackExport["deployment"] };
    };
    return { version, deployment: checkpoint.latest ?? {} };
  }

  /** The stack's outputs; undefined if one of them is a secret, which only the CLI can decrypt. */
  async outputs(): Promise<Record<string, unknown> | undefined> {
    const { deployment } = await this.state();
    const outputs = deployment.resources?.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    return JSON.stringify(outputs).includes(secretMark) ? undefined : outputs;
  }
}

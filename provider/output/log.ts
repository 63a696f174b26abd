import { logLine } from "./secrets";

/** PULUMI_OTC_DEBUG is our own variable, OS_DEBUG that of the OTC provider for Terraform. */
export const debugVariables = ["PULUMI_OTC_DEBUG", "OS_DEBUG"] as const;

function isDebugging(): boolean {
  return debugVariables.some((name) => !["", "0", "false"].includes((process.env[name] ?? "").toLowerCase()));
}

/** With debugging on, writes a line to stderr, which the CLI shows. Secrets are masked. */
export function debug(message: () => string): void {
  if (isDebugging()) {
    process.stderr.write(`otc-background-task: ${logLine(message())}\n`);
  }
}

/** Warns the user; each key only once in this process. */
export type Warn = (key: string, message: string) => void;

const said = new Set<string>();

// Default until warnTo is called. The CLI shows what a program or a provider writes to stderr.
let tell = (message: string): void => void process.stderr.write(`warning: ${message}\n`);

/** Where warnings go from now on. */
export function warnTo(place: (message: string) => void): void {
  tell = place;
}

export const warnOnce: Warn = (key, message) => {
  if (!said.has(key)) {
    said.add(key);
    tell(logLine(message));
  }
};

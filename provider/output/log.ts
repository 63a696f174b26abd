import { quote } from "./secrets";

// A line of ours may hold several quotes, and where each setting was found.
const longestLine = 10_000;

/** PULUMI_OTC_DEBUG is our own switch, OS_DEBUG that of the OTC provider for Terraform. */
export const debugVariables = ["PULUMI_OTC_DEBUG", "OS_DEBUG"] as const;

function isDebugging(): boolean {
  return debugVariables.some((name) => !["", "0", "false"].includes((process.env[name] ?? "").toLowerCase()));
}

/** Writes a line to stderr, which the CLI shows, if the user wants to see what goes on. Secrets are masked. */
export function debug(message: () => string): void {
  if (isDebugging()) {
    process.stderr.write(`otc-background-task: ${quote(message(), longestLine)}\n`);
  }
}

/** Tells the user something that is no error; the same key only once in this process. */
export type Warn = (key: string, message: string) => void;

const said = new Set<string>();

// Shown by the CLI, like whatever a program or a provider writes to stderr, until somebody knows a better place.
let tell = (message: string): void => void process.stderr.write(`warning: ${message}\n`);

/** Where warnings go from now on. */
export function warnTo(place: (message: string) => void): void {
  tell = place;
}

export const warnOnce: Warn = (key, message) => {
  if (!said.has(key)) {
    said.add(key);
    tell(quote(message, longestLine));
  }
};

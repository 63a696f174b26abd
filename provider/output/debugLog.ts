import { quote } from "./secrets";

/** PULUMI_OTC_DEBUG is our own switch, OS_DEBUG that of the OTC provider for Terraform. */
export const debugVariables = ["PULUMI_OTC_DEBUG", "OS_DEBUG"] as const;

export function isDebugging(env: { [name: string]: string | undefined } = process.env): boolean {
  return debugVariables.some((name) => !["", "0", "false"].includes((env[name] ?? "").toLowerCase()));
}

/** Writes a line to stderr, which the CLI shows, if the user wants to see what goes on. Secrets are masked. */
export function debug(message: () => string): void {
  if (isDebugging()) {
    process.stderr.write(`otc-background-task: ${quote(message())}\n`);
  }
}

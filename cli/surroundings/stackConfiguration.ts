import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { quote, rememberSecret } from "../../provider/output/secrets";
import type { ReadConfig } from "../../provider/settings/settings";
import { UsageError } from "../terminal/exitCodes";

const configShape = z.record(z.string(), z.object({ value: z.string().optional(), secret: z.boolean().optional() }));

/**
 * The configuration of a stack of the program in this folder, as the Pulumi CLI shows it.
 *
 * @throws UsageError if the CLI is missing, or does not show it.
 */
export async function readStackConfiguration(stack: string): Promise<ReadConfig> {
  const args = ["config", "--json", "--show-secrets", "--non-interactive", "--stack", stack];
  const printed = await promisify(execFile)("pulumi", args, { maxBuffer: 32 * 1024 * 1024 }).catch((error: unknown) => {
    throw new UsageError(describeFault(stack, error as NodeJS.ErrnoException & { stderr?: string }));
  });
  const config = configShape.safeParse(parseJson(printed.stdout));
  if (!config.success) {
    throw new UsageError(`the configuration of stack ${quote(stack)} is not what the Pulumi CLI should print.`);
  }
  for (const { value, secret } of Object.values(config.data)) {
    if (secret && value !== undefined) {
      rememberSecret(value);
    }
  }
  return (key) => config.data[key]?.value;
}

function describeFault(stack: string, { code, stderr = "" }: NodeJS.ErrnoException & { stderr?: string }): string {
  if (code === "ENOENT") {
    return `--stack needs the Pulumi CLI, but there is no "pulumi" on the PATH: install it, or leave out --stack.`;
  }
  const said = quote(stderr.trim().replace(/^error: /, ""));
  return `the Pulumi CLI does not show the configuration of stack ${quote(stack)}: ${said || "it says nothing"}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import execa from "execa";

/** Runs a command to its end and returns what it printed; fails with that if the command did. */
export async function run(
  command: string,
  args: string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<string> {
  const result = await execa(command, args, {
    ...options,
    extendEnv: false,
    stdin: "ignore",
    all: true,
    reject: false,
  });
  if (result.failed) {
    const name = [command, ...args].join(" ");
    throw new Error(`${name} failed:\n${result.all || (result as execa.ExecaError).shortMessage}`);
  }
  return result.all ?? "";
}

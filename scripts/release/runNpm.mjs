import { spawn } from "node:child_process";
import { npmCommand } from "../npmCommand.mjs";
import { repositoryRoot } from "../stamps.mjs";

/** Runs npm in the repository, with what it prints shown. Fails if it fails. */
export async function runNpm(args, env = {}) {
  const [command, all, options] = npmCommand(args);
  const child = spawn(command, all, {
    ...options,
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`npm ${args.join(" ")} failed.`);
}

/** The npm that runs this script, else the one on PATH: a command, its arguments and options, as spawn takes them. */
export function npmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith("npm-cli.js")) return [process.execPath, [cli, ...args], {}];
  return ["npm", args, { shell: process.platform === "win32" }];
}

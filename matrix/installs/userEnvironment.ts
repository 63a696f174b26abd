import path from "node:path";

// npm tells its scripts about this repository, which a user's folder has nothing to do with. What users set of npm itself
// stays: where packages come from, and how they are reached.
const ownConfiguration = /^npm_config_(registry|userconfig|cache|cafile|ca|https?_proxy|proxy|noproxy|strict_ssl)$/i;
const dropped = /^(npm_|JEST_|OS_|OTC_|PULUMI_|NODE_ENV$|NODE_OPTIONS$|NODE_PATH$|INIT_CWD$)/i;

/** The environment of a user's shell whose PATH begins with these folders. */
export function userEnvironment(...bins: string[]): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && (ownConfiguration.test(name) || !dropped.test(name))) env[name] = value;
  }
  // On Windows the name may be spelt Path.
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [pathName]: [...bins, env[pathName]].filter(Boolean).join(path.delimiter) };
}

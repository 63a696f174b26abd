import semver from "semver";

const steps = ["major", "minor", "patch"];

/** The version that is released: a step from the current one, the one that is named, or the current one itself. */
export function releaseVersion(current, asked) {
  if (asked === undefined) return current;
  if (steps.includes(asked)) return semver.inc(current, asked);
  const version = semver.valid(asked);
  if (version === null) throw new Error(`"${asked}" is neither a version nor one of ${steps.join(", ")}.`);
  if (semver.lt(version, current)) throw new Error(`${version} is older than ${current}.`);
  return version;
}

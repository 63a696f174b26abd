/** Does a version lie in a range such as `^20.19.0 || >=22.12.0`? No more of the syntax than package.json uses. */
export function isInRange(version, range) {
  const have = parse(version);
  return range.split("||").some((part) => {
    const [, operator, lowest] = /^\s*(\^|>=)\s*(\S+)\s*$/.exec(part) ?? [];
    if (operator === undefined)
      throw new Error(`The range '${part.trim()}' in package.json is of an unsupported kind.`);
    const low = parse(lowest);
    return compare(have, low) >= 0 && (operator === ">=" || have[0] === low[0]);
  });
}

function parse(version) {
  return version
    .replace(/^v/, "")
    .split(".")
    .map((part) => Number.parseInt(part, 10));
}

function compare(a, b) {
  const at = [0, 1, 2].find((i) => (a[i] ?? 0) !== (b[i] ?? 0));
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The arguments of `npm test`: ours, and what is left for Jest. */
export function testArguments(given) {
  const asked = { fault: undefined, repeat: undefined, changed: undefined, projects: undefined, jestArguments: [] };
  const rest = given.flatMap((argument) => {
    const [, name, value] = /^(--(?:repeat|changed|selectProjects))=(.*)$/.exec(argument) ?? [];
    return name === undefined ? [argument] : [name, value];
  });
  const takeValues = (atMost) => {
    const end = rest.findIndex((argument) => argument.startsWith("-"));
    return rest.splice(0, Math.min(atMost, end < 0 ? rest.length : end));
  };
  while (rest.length > 0) {
    const argument = rest.shift();
    if (argument === "--repeat") {
      [asked.repeat] = takeValues(1);
      if (!/^[1-9]\d*$/.test(asked.repeat ?? "")) asked.fault = "Set --repeat to a number of repetitions: --repeat 5";
    } else if (argument === "--changed") {
      asked.changed = { since: takeValues(1)[0] };
    } else if (argument === "--selectProjects") {
      asked.projects = takeValues(Infinity);
    } else {
      asked.jestArguments.push(argument);
    }
  }
  return asked;
}

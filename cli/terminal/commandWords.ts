// Errors of the package speak to the author of a program.
const words: [RegExp, string][] = [
  [/\bcreatedAfter\b/g, "--since"],
  [/\btimeoutSeconds\b/g, "--timeout"],
  [/\bappearTimeoutSeconds\b/g, "--appear-timeout"],
  [/\nIf this program starts the operation, add it to the wait's dependsOn\./g, ""],
  [/\b(run|Run) the (?:update|script) again\b/g, "$1 the command again"],
];

/** An error's message in the words of the command line. */
export function inCommandWords(message: string): string {
  return words.reduce((text, [word, replacement]) => text.replace(word, replacement), message);
}

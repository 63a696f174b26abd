const mostNamed = 10;

/** A list in a message: at most ten items, and the number of the others. */
export function shortList<T>(items: readonly T[], describe: (item: T) => string, separator = ", "): string {
  const named = items.slice(0, mostNamed).map(describe);
  const more = items.length - named.length;
  return named.join(separator) + (more > 0 ? `${separator}and ${more} more` : "");
}

/** The same within a sentence: "a", "a and b", "a, b, and c". */
export function enumerate<T>(items: readonly T[], describe: (item: T) => string): string {
  const named = items.slice(0, mostNamed).map(describe);
  const more = items.length - named.length;
  return new Intl.ListFormat("en").format(more > 0 ? [...named, `${more} more`] : named);
}

import fc from "fast-check";

const wellFormed = fc.stringMatching(/^[A-Za-z0-9\-._~]{1,128}$/).filter((id) => id !== "." && id !== "..");
const short = fc.stringMatching(/^[A-Za-z0-9-]{1,8}$/);

/** Texts made of pieces, some with ordinary characters around them. */
const madeOf = (...pieces: string[]) =>
  fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pieces) }, short), { minLength: 1, maxLength: 5 }).map((parts) => parts.join("")); // prettier-ignore

/** What might come where an id should be, by its kind. */
export const oddIds: { [kind: string]: fc.Arbitrary<string> } = {
  "dots and slashes": madeOf(".", "..", "/", "\\", "../", "/..", "..;", "./", "//", "..\\"),
  "percent-encoded characters": madeOf("%2e", "%2E%2e", "%2f", "%5c", "%252e", "%00", "%", "%zz", "%c0%ae", "%u002e"),
  "marks of a URL": madeOf("?", "#", ";", "@", ":", "//host/", "http://host/", "&limit=1", "?start=1", "=", "*", "{}"),
  "white space and control characters": madeOf(
    " ",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u007f",
    "\u0085",
    "\u00a0",
    "\u2028",
    "\ufeff",
  ),
  "lookalikes and halves of characters": madeOf(
    "．．",
    "．",
    "／",
    "∕",
    "⁄",
    "․",
    "\ud800",
    "\udfff",
    "é",
    "e\u0301",
    "\u202e",
    "İ",
    "ı",
  ),
  "odd lengths": fc.constantFrom(0, 1, 2, 127, 128, 129, 255, 4096, 100_000).chain((length) => fc.constantFrom("a", "-", "~", "é").map((c) => c.repeat(length))), // prettier-ignore
  "well-formed ids": wellFormed,
  "any text": fc.string({ unit: "binary", maxLength: 40 }),
};

/** What design.md says of ids, once more. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9._~-]{1,128}$/.test(text) && !/^\.{1,2}$/.test(text);
}

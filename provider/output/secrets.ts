import { formsOf } from "./secretForms";

// Shorter values would mask ordinary words.
const shortestSecret = 4;

// Every secret that this process knows. None may appear in an error or a log line, whatever the source of the text: a service
// may echo a token in its own message.
const known = new Set<string>();

/** The forms of all secrets by their first characters, longest first: secrets that do not occur in a text cost nothing. */
const formsByBeginning = new Map<string, string[]>();

export function rememberSecret(value: string): void {
  if (known.has(value)) {
    return;
  }
  known.add(value);
  for (const form of formsOf(value, shortestSecret)) {
    const beginning = form.slice(0, shortestSecret);
    const others = formsByBeginning.get(beginning) ?? [];
    // The same text may be a form of several secrets.
    formsByBeginning.set(
      beginning,
      [...new Set([...others, form])].sort((a, b) => b.length - a.length),
    );
  }
}

/** The beginning of a text, about `enough` characters, with `***` for each secret and each signature. */
function masked(text: string, enough: number): string {
  let result = "";
  for (let at = 0; at < text.length && result.length < enough;) {
    const length = lengthOfSignature(text, at) || lengthOfSecret(text, at);
    result += length > 0 ? "***" : text[at];
    at += length || 1;
  }
  return result;
}

function lengthOfSecret(text: string, at: number): number {
  const forms = formsByBeginning.get(text.slice(at, at + shortestSecret));
  return forms?.find((form) => text.startsWith(form, at))?.length ?? 0;
}

const digest = /[0-9a-f]{16,}/iy;

function lengthOfSignature(text: string, at: number): number {
  if (text[at - 1] !== "=" || !/signature=$/i.test(text.slice(Math.max(0, at - "signature=".length), at))) {
    return 0;
  }
  digest.lastIndex = at;
  return digest.exec(text)?.[0].length ?? 0;
}

// Control characters can rewrite a terminal. Bidirectional and zero-width characters can change what the reader sees.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu;

function printable(text: string, longest: number): string {
  const plain = masked(text, 2 * longest).replace(invisible, " ");
  return plain.length > longest ? `${plain.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…` : plain;
}

/**
 * Makes foreign text safe for an error or a log line: masks secrets, replaces invisible and control characters with a space, and
 * keeps at most 500 characters.
 */
export function quote(text: string): string {
  return printable(text, 500);
}

/** Makes our own log line safe. It may contain several quotes and all settings, and is masked once more. */
export function logLine(text: string): string {
  return printable(text, 10_000);
}

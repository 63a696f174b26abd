// Every secret this process has read or been given, so that none can be repeated in an error or a log line, whoever
// wrote the text: a service may echo a token in its own message.
const known = new Set<string>();

// Shorter values would blacken ordinary words.
const shortestSecret = 4;

const signatures = /\b(Signature=)[0-9a-f]{16,}/gi;

export function rememberSecret(value: string): void {
  if (value.length >= shortestSecret) {
    known.add(value);
  }
}

function mask(text: string): string {
  let masked = text.replace(signatures, "$1***");
  for (const secret of known) {
    masked = masked.replaceAll(secret, "***");
  }
  return masked;
}

const longestQuote = 2000;

/**
 * Somebody else's text made fit for an error or a log line: secrets masked, control characters (which could rewrite a
 * terminal) replaced by a space, and no more than 2,000 characters of it.
 */
export function quote(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is for
  const plain = mask(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
  return plain.length > longestQuote ? `${plain.slice(0, longestQuote - 1)}…` : plain;
}

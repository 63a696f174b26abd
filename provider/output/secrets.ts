import { formsOf } from "./secretForms";

// Shorter values would blacken ordinary words.
const shortestSecret = 4;

// What a secret is found by. Its whole would make an expression of megabytes of some tokens.
const longestHead = 64;

// Every secret this process has read or been given, so that none can be repeated in an error or a log line, whoever
// wrote the text: a service may echo a token in its own message.
const known = new Set<string>();

/** The forms of all known secrets by how they begin, the longest first. */
const formsByHead = new Map<string, string[]>();
// No shorter than a signature with its name.
let longestForm = 100;
/** Finds a signature, or the head of a form; made anew when a secret was added. */
let expression: RegExp | undefined;

export function rememberSecret(value: string): void {
  if (known.has(value)) {
    return;
  }
  known.add(value);
  for (const form of formsOf(value, shortestSecret)) {
    const head = form.slice(0, longestHead);
    const others = formsByHead.get(head) ?? [];
    formsByHead.set(head, [...new Set([...others, form])].sort(longestFirst));
    longestForm = Math.max(longestForm, form.length);
    expression = undefined;
  }
}

const mask = "***";
const signature = "\\b[Ss]ignature=[0-9a-fA-F]{16,}";

/** The beginning of a text, some `enough` characters of it, with `***` for each secret: the longest that begins at a place. */
function masked(text: string, enough: number): string {
  let result = "";
  // What begins in the first `enough` characters of a piece ends in it.
  for (let at = 0; at < text.length && result.length < enough;) {
    const piece = text.slice(at, at + enough + longestForm);
    const found = nextSecret(piece);
    if (found && found.at < enough) {
      result += piece.slice(0, found.at) + mask;
      at += found.at + found.length;
    } else {
      result += piece.slice(0, enough);
      at += enough;
    }
  }
  return result;
}

function nextSecret(text: string): { at: number; length: number } | undefined {
  expression ??= newExpression();
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    const { index } = match;
    const name = /^signature=/i.exec(match[0])?.[0] ?? "";
    if (name) {
      return { at: index + name.length, length: match[0].length - name.length };
    }
    for (let length = match[0].length; length >= shortestSecret; length--) {
      const forms = formsByHead.get(text.slice(index, index + length));
      const form = forms?.find((candidate) => text.startsWith(candidate, index));
      if (form !== undefined) {
        return { at: index, length: form.length };
      }
    }
    expression.lastIndex = index + 1;
  }
  return undefined;
}

function newExpression(): RegExp {
  const heads = [...formsByHead.keys()].sort(longestFirst).map(escaped);
  return new RegExp([signature, ...heads].join("|"), "g");
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

const longestQuote = 500;

// Control characters can rewrite a terminal, those that set the direction of writing or have no width what is read of it.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu;

/**
 * Somebody else's text made fit for an error or a log line: secrets masked, what is invisible or rewrites a terminal
 * replaced by a space, and no more than 500 characters of it.
 */
export function quote(text: string, longest = longestQuote): string {
  const plain = masked(text, 2 * longest).replace(invisible, " ");
  return plain.length > longest ? `${plain.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…` : plain;
}

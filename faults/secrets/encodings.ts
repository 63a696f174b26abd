/** How a service, a proxy or a log may write a secret that it echoes; written down anew, not taken from what masks it. */
export const encodings: { [name: string]: (secret: string) => string } = {
  "as it is": (secret) => secret,
  trimmed: (secret) => secret.trim(),
  "in JSON": inJson,
  "in JSON of ASCII": (secret) => ascii(inJson(secret)),
  "in JSON as Go writes it": (secret) =>
    inJson(secret).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
  "in JSON with escaped slashes": (secret) => inJson(secret).replaceAll("/", "\\/"),
  "in a URL": (secret) => encodeURIComponent(secret),
  "in a URL, in lower case": (secret) => encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase()),
  "in a form": (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  "in base64": (secret) => Buffer.from(secret).toString("base64"),
  "in base64 without padding": (secret) => Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  "in base64 in a URL": (secret) => encodeURIComponent(Buffer.from(secret).toString("base64")),
  "in base64url": (secret) => Buffer.from(secret).toString("base64url"),
  "in HTML": (secret) => inHtml(secret).replaceAll("'", "&#39;"),
  "in HTML with other references": (secret) => inHtml(secret).replaceAll("'", "&#x27;"),
  twice: (secret) => secret + secret,
};

/** Every form of a secret that must be in no output. */
export function formsOfSecret(secret: string): string[] {
  return [...new Set(Object.values(encodings).map((encode) => encode(secret)))];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function ascii(text: string): string {
  return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function inHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

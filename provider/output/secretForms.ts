/** All forms in which a secret may appear: as it is, trimmed, and in the encodings of services and logs. */
export function formsOf(secret: string, shortest: number): string[] {
  const forms = new Set<string>();
  for (const value of [secret, secret.trim()]) {
    if (value.length >= shortest) {
      for (const encode of encodings) {
        encode(value).forEach((form) => forms.add(form));
      }
    }
  }
  return [...forms];
}

type Encode = (value: string) => string[];

const inJson: Encode = (value) => {
  const json = JSON.stringify(value).slice(1, -1);
  const hex = (text: string, pattern: RegExp) =>
    text.replace(pattern, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const ascii = hex(json, /[^\x20-\x7e]/g);
  const upperCase = ascii.replace(/\\u[0-9a-f]{4}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`);
  const withSlashes = [json, ascii, upperCase].map((text) => text.replaceAll("/", "\\/"));
  // Go's encoder escapes <, > and & for HTML.
  return [json, ascii, upperCase, ...withSlashes, hex(json, /[<>&]/g), hex(ascii, /[<>&]/g)];
};

const inUrl: Encode = (value) => {
  // A lone surrogate has no encoding.
  const text = Buffer.from(value).toString();
  const component = encodeURIComponent(text);
  const encoded = (characters: RegExp) =>
    component.replace(characters, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  // RFC 3986 and browser forms escape different characters.
  const all = [encodeURI(text), component, encoded(/[!'()*]/g), encoded(/[!'()~]/g)];
  const forms = all.flatMap((form) => [form, form.replaceAll("%20", "+")]);
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()))];
};

const inBase64: Encode = (value) => {
  const bytes = Buffer.from(value);
  const padded = bytes.toString("base64");
  return [padded, ...inUrl(padded), padded.replace(/=+$/, ""), bytes.toString("base64url")];
};

const inHtml: Encode = (value) => {
  const tags = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quotes = ["&quot;", "&#34;"].flatMap((double) =>
    ["&#39;", "&#x27;", "&apos;"].map((single) => tags.replaceAll('"', double).replaceAll("'", single)),
  );
  return [tags, tags.replaceAll('"', "&quot;"), ...quotes];
};

const encodings: Encode[] = [(value) => [value], inJson, inUrl, inBase64, inHtml];

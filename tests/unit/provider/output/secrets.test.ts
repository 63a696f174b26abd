import { randomUUID } from "node:crypto";
import { quote, rememberSecret } from "../../../../provider/output/secrets";

const digits = Array.from({ length: 100 }, (_, i) => i).join("");

describe("a secret is masked", () => {
  it("alone, and once for each time that it is there", () => {
    rememberSecret("hunter22");
    expect(quote("hunter22, or is hunter22 it?")).toBe("***, or is *** it?");
  });

  it.each([
    [["prefix-1", "prefix-1-and-more"], "prefix-1-and-more, prefix-1", "***, ***"],
    [["long-2-".repeat(20), `${"long-2-".repeat(20)}end`], `${"long-2-".repeat(20)}end`, "***"],
    [[`${digits}-the-end`, digits.slice(0, 10)], `${digits}-another`, `***${digits.slice(10)}-another`],
    [["inner-4", "an-inner-4-secret"], "an-inner-4-secret inner-4", "*** ***"],
  ])("the longest of %j", (secrets, text, shown) => {
    secrets.forEach(rememberSecret);
    expect(quote(text)).toBe(shown);
  });

  it.each(["trailing-1\n", "trailing-1\r\n", "  trailing-1 "])("where %j is echoed trimmed", (secret) => {
    rememberSecret(secret);
    expect(quote("wrong: 'trailing-1'")).toBe("wrong: '***'");
  });

  // With what must be escaped in one encoding or another, and new for each test: a known secret's forms are not made again.
  const newSecret = () => `p<ä>ss/wörd+ & "quo'te" \\d.*(1)!~\u{1f511}${randomUUID()}`;
  const inBase64 = (secret: string) => Buffer.from(secret).toString("base64");
  const inTags = (secret: string) =>
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  it.each<[string, (secret: string) => string]>([
    ["as it is", (secret) => secret],
    ["in JSON", json],
    ["in JSON with escaped slashes", (secret) => json(secret).replaceAll("/", "\\/")],
    ["in JSON of ASCII, as Python writes it", asciiJson],
    ["in JSON of ASCII in upper case", (secret) => upperCaseJson(secret)],
    ["in JSON of ASCII with escaped slashes, as PHP writes it", (secret) => asciiJson(secret).replaceAll("/", "\\/")],
    ["in JSON of ASCII in upper case with escaped slashes", (secret) => upperCaseJson(secret).replaceAll("/", "\\/")],
    ["in JSON as Go writes it", (secret) => htmlSafe(json(secret))],
    ["in JSON of ASCII that is safe in HTML", (secret) => htmlSafe(asciiJson(secret))],
    ["in a URL", encodeURIComponent],
    ["in a URL, lower case", (secret) => lowerCaseUrl(encodeURIComponent(secret))],
    ["in a URL as a whole", encodeURI],
    ["in a URL as a whole, lower case", (secret) => lowerCaseUrl(encodeURI(secret))],
    ["in a URL as RFC 3986 has it", (secret) => strictUrl(secret, /[!'()*]/g)],
    ["in a URL as RFC 3986 has it, lower case", (secret) => lowerCaseUrl(strictUrl(secret, /[!'()*]/g))],
    ["in a URL with a plus for a space", (secret) => encodeURIComponent(secret).replaceAll("%20", "+")],
    ["in a form", (secret) => new URLSearchParams({ x: secret }).toString().slice(2)],
    ["in a form, lower case", (secret) => lowerCaseUrl(new URLSearchParams({ x: secret }).toString().slice(2))],
    ["in a path", (secret) => new URL(`https://host/${encodeURIComponent(secret)}`).pathname.slice(1)],
    ["in base64", inBase64],
    ["in base64 without padding", (secret) => inBase64(secret).replace(/=+$/, "")],
    ["in base64url", (secret) => Buffer.from(secret).toString("base64url")],
    ["in base64 in a URL", (secret) => encodeURIComponent(inBase64(secret))],
    ["in base64 in a URL, lower case", (secret) => lowerCaseUrl(encodeURIComponent(inBase64(secret)))],
    ["in HTML", (secret) => secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    ["in HTML with quotes", inTags],
    ["in HTML with both quotes", (secret) => inTags(secret).replaceAll("'", "&#39;")],
    ["in HTML with both quotes in hexadecimal", (secret) => inTags(secret).replaceAll("'", "&#x27;")],
    ["in HTML with both quotes named", (secret) => inTags(secret).replaceAll("'", "&apos;")],
    [
      "in HTML with both quotes numbered",
      (secret) => inTags(secret).replaceAll("&quot;", "&#34;").replaceAll("'", "&#39;"),
    ],
  ])("%s", (_encoding, echo) => {
    // One, two and no signs of padding in base64.
    for (const ending of ["", "x", "xy"]) {
      const secret = newSecret() + ending;
      rememberSecret(secret);
      expect(quote(`echo: ${echo(secret)}|`)).toBe("echo: ***|");
    }
  });

  it("whatever expression it would be", () => {
    rememberSecret("a.c$^(x|y)[z]{2}\\w+?");
    expect(quote("abc$^ a.c$^(x|y)[z]{2}\\w+?")).toBe("abc$^ ***");
  });

  it("with half a character in it", () => {
    rememberSecret("half-\ud83d-secret");
    expect(quote("half-\ud83d-secret")).toBe("***");
  });

  it("across the end of what is shown", () => {
    const token = "token-of-some-length-".repeat(100);
    rememberSecret(token);
    for (const before of [0, 1, 250, 480, 499, 500, 501, 900, 999]) {
      const shown = quote(`${"x".repeat(before)}${token}${token}`);
      expect(shown).not.toContain("token");
      expect(shown.length).toBeLessThanOrEqual(500);
    }
  });

  it("from four characters on, also trimmed", () => {
    rememberSecret("qzx7");
    rememberSecret(" qzy8\n");
    expect(quote("qzx7 'qzy8'")).toBe("*** '***'");
  });

  it("not where it has fewer than four characters", () => {
    rememberSecret("abc");
    rememberSecret("x \n");
    expect(quote("abc x")).toBe("abc x");
  });

  it("as a signature is, whosever key it was made with", () => {
    expect(quote("Signature=0123456789abcdef0123, Signature=short")).toBe("Signature=***, Signature=short");
    expect(quote("X-Signature=fedcba98765432100f&x=fedcba98765432100f")).toBe("X-Signature=***&x=fedcba98765432100f");
    expect(quote("signature=x-fedcba98765432100f")).toBe("signature=x-fedcba98765432100f");
  });

  it("at little cost where a thousand long ones are known and the text has megabytes", () => {
    for (let i = 0; i < 1000; i++) {
      rememberSecret(`${i}-${"MIIDkgYJKoZIhvcNAQcCoIIDgzCCA38CAQExDTALBglghkgBZQMEAgEwg/+".repeat(30)}`);
    }
    const started = process.cpuUsage();
    const text = `${"none of it ".repeat(800_000)}`;
    for (let i = 0; i < 100; i++) {
      quote(text);
    }
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});

describe("what is shown of somebody's text", () => {
  it("is at most 500 characters, and no half of one", () => {
    expect(quote("x".repeat(501))).toBe(`${"x".repeat(499)}…`);
    expect(quote("x".repeat(500))).toBe("x".repeat(500));
    expect(quote(`${"x".repeat(498)}\u{1f511}yz`)).toBe(`${"x".repeat(498)}…`);
  });

  it.each([
    ["control characters", "\u001b[2J\r\n\u0000\u007f\u009b"],
    ["line and paragraph separators", "\u2028\u2029\u0085"],
    ["what sets the direction of writing", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"],
    ["what has no width", "\u200b\u200c\u200d\u2060\u2061\u2064\ufeff\u00ad\u034f\u180e\u115f\u3164\ufe0f\u{e0041}"],
  ])("has no %s", (_what, characters) => {
    for (const character of characters.replace("[2J", "")) {
      expect(quote(`a${character}b`)).toBe("a b");
    }
    expect(quote(`a${characters.replace("[2J", "")}b`)).toBe("a b");
  });

  it("keeps letters and signs of all writings", () => {
    const text = "Größe 大小 حجم גודל आकार 🔑 e\u0301 – “ok”";
    expect(quote(text)).toBe(text);
  });
});

function json(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asciiJson(text: string): string {
  return json(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function upperCaseJson(text: string): string {
  return asciiJson(text).replace(/\\u[0-9a-f]{4}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`);
}

function htmlSafe(text: string): string {
  return text.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}

function lowerCaseUrl(url: string): string {
  return url.replace(/%../g, (escape) => escape.toLowerCase());
}

function strictUrl(text: string, escaped: RegExp): string {
  return encodeURIComponent(text).replace(escaped, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

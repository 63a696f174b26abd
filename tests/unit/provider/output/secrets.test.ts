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

  // Each with what must be escaped in one encoding or another.
  const secret = `p<ä>ss/wörd+ & "quo'te" \\d.*(1)\u{1f511}`;
  const inUrl = encodeURIComponent(secret);
  const bytes = Buffer.from(secret);
  it.each([
    ["as it is", secret],
    ["in JSON", JSON.stringify(secret).slice(1, -1)],
    ["in JSON with escaped slashes", JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/")],
    ["in JSON of ASCII, as Python writes it", asciiJson(secret)],
    ["in JSON of ASCII with escaped slashes, as PHP writes it", asciiJson(secret).replaceAll("/", "\\/")],
    [
      "in JSON as Go writes it",
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
    ],
    ["in a URL", inUrl],
    ["in a URL, lower case", inUrl.replace(/%../g, (escape) => escape.toLowerCase())],
    ["in a form", new URLSearchParams({ x: secret }).toString().slice(2)],
    ["in a path", new URL(`https://host/${inUrl}`).pathname.slice(1)],
    ["in base64", bytes.toString("base64")],
    ["in base64 without padding", bytes.toString("base64").replace(/=+$/, "")],
    ["in base64url", bytes.toString("base64url")],
    ["in base64 in a URL", encodeURIComponent(bytes.toString("base64"))],
    ["in HTML", secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    [
      "in HTML with quotes",
      secret
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
        .replaceAll("'", "&#39;"),
    ],
  ])("%s", (_encoding, echoed) => {
    rememberSecret(secret);
    expect(quote(`echo: ${echoed}|`)).toBe("echo: ***|");
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

  it("not where it has fewer than four characters", () => {
    rememberSecret("abc");
    rememberSecret("x \n");
    expect(quote("abc x")).toBe("abc x");
  });

  it("as a signature is, whosever key it was made with", () => {
    expect(quote("Signature=0123456789abcdef0123, Signature=short")).toBe("Signature=***, Signature=short");
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

function asciiJson(text: string): string {
  const json = JSON.stringify(text).slice(1, -1);
  return json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

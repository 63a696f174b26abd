import { parseBaseUrl } from "../../../../provider/http/addresses";

describe("a base URL", () => {
  it.each(["https://host/%zz", "https://host/%", "https://host/a%E0%A4/b"])("refuses the path of %s", (url) => {
    expect(() => parseBaseUrl(url)).toThrow(`must be a URL whose path is percent-encoded correctly, but is "${url}"`);
  });

  it("keeps a path that is encoded well", () => {
    expect(parseBaseUrl("https://host/a%20b/")).toBe("https://host/a%20b");
  });
});

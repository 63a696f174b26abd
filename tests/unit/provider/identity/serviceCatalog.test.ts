import { iamUrlOf } from "../../../../provider/identity/identityService";
import { endpointOf } from "../../../../provider/identity/serviceCatalog";
import type { Settings } from "../../../../provider/settings/settings";
import { SettingsError } from "../../../../provider/task/errors";

const settings = (more: Partial<Settings> = {}): Settings => ({
  credentials: { method: "token", token: "given" },
  authUrlIsSet: true,
  project: { id: "p1" },
  endpoints: {},
  ...more,
});
const listed = (url: string, more: object = {}) => [
  { type: "dmsv2", endpoints: [{ interface: "public", region: "eu-de", url, ...more }] },
];
const [here, there, anywhere] = ["https://here.example.com", "https://there.example.com", "https://any.example.com"];

describe("an address in the catalog", () => {
  it.each([
    ["of the region, not the first", [...listed(there, { region: "eu-nl" }), ...listed(here)], here],
    [
      "that has no region",
      [...listed(there, { region: "eu-nl" }), ...listed(anywhere, { region: undefined })],
      anywhere,
    ],
    ["of the interface", [...listed(there, { interface: "internal" }), ...listed(here)], here],
    ["of the API", [{ ...listed(there)[0]!, type: "dcsv2" }, ...listed(here)], here],
  ])("is used %s", (_what, catalog, address) => {
    expect(endpointOf("dms", settings({ region: "eu-de" }), catalog)).toBe(address);
  });

  it("is the first where no region is set", () => {
    expect(endpointOf("dms", settings(), [...listed(there, { region: "eu-nl" }), ...listed(here)])).toBe(there);
  });

  it("is that of the region's pattern where the catalog has none of it", () => {
    const catalog = listed(there, { region: "eu-nl" });
    expect(endpointOf("dms", settings({ region: "eu-de" }), catalog)).toBe("https://dms.eu-de.otc.t-systems.com");
  });

  it("may be plain http only where that is allowed", () => {
    const catalog = listed("http://plain.example.com");
    expect(endpointOf("dms", settings({ allowHttp: true }), catalog)).toBe("http://plain.example.com");
    expect(() => endpointOf("dms", settings(), catalog)).toThrow(SettingsError);
    expect(() => endpointOf("dms", settings(), catalog)).toThrow(
      /^the address of DMS in the service catalog must begin with "https:/,
    );
  });
});

describe("no address", () => {
  it("in the catalog and no region is an error", () => {
    expect(() => endpointOf("dms", settings(), [])).toThrow(SettingsError);
    expect(() => endpointOf("dms", settings(), [])).toThrow(
      /^the service catalog has no address of DMS, and no region is set to derive it from: set /,
    );
  });

  const messageOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return (error as Error).message;
    }
    return "no error";
  };

  it.each([
    ["DMS", (more: Partial<Settings>) => endpointOf("dms", settings(more), undefined)],
    ["IAM", (more: Partial<Settings>) => iamUrlOf(settings(more))],
  ])("of %s names the Pulumi configuration to a program, but not to a script", (_what, work) => {
    expect(messageOf(() => work({}))).toMatch(/pulumi config/i);
    expect(messageOf(() => work({ isScript: true }))).not.toMatch(/pulumi config/i);
  });
});

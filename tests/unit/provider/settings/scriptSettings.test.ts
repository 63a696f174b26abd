import { refuseForeignRegion, readSettings } from "../../../../provider/settings/settings";
import { endpointOf } from "../../../../provider/identity/serviceCatalog";
import { throwIfRefused } from "../../../../provider/identity/refusalText";
import { iamUrlOf } from "../../../../provider/identity/identityService";

const folders = { cwd: "/nowhere", home: "/nowhere" };
const complete = {
  OS_REGION_NAME: "eu-de",
  OS_PROJECT_ID: "project",
  OS_USERNAME: "user",
  OS_PASSWORD: "password",
  OS_USER_DOMAIN_NAME: "domain",
};
const ofConfiguration = /pulumi config|Pulumi configuration|opentelekomcloud:/;

function thrownBy(run: () => unknown): string {
  try {
    run();
    return "no error";
  } catch (error) {
    return (error as Error).message;
  }
}

const readIn = (readConfig: (() => undefined) | undefined, env: object) =>
  thrownBy(() => readSettings({}, readConfig, { ...complete, ...env }, folders));

describe("in a plain script, a message speaks of no Pulumi configuration, which one in a Pulumi program names", () => {
  it.each([
    ["no credentials", { OS_USERNAME: "", OS_PASSWORD: "" }],
    ["no password", { OS_PASSWORD: "" }],
    ["no domain", { OS_USER_DOMAIN_NAME: "" }],
    ["no project", { OS_PROJECT_ID: "" }],
    ["no region", { OS_REGION_NAME: "" }],
    ["half an agency", { OS_AGENCY_NAME: "agency" }],
    ["half a client certificate", { OS_CERT: "-----BEGIN" }],
    ["a malformed region", { OS_REGION_NAME: "eu/de" }],
    ["a project of another region", { OS_PROJECT_ID: "", OS_PROJECT_NAME: "eu-nl_shop" }],
  ])("%s", (_what, env) => {
    const inScript = readIn(undefined, env);
    expect(inScript).toContain("OS_");
    expect(inScript).not.toMatch(ofConfiguration);
    expect(readIn(() => undefined, env)).toMatch(ofConfiguration);
  });

  it("an address that is only needed later", () => {
    const settings = { isScript: true as const, authUrlIsSet: false, endpoints: {} };
    const credentials = { method: "token" as const, token: "token" };
    const project = { id: "project" };
    for (const run of [
      () => iamUrlOf(settings),
      () => endpointOf("dms", { ...settings, credentials, project }, undefined),
      () => refuseForeignRegion({ name: "eu-nl_shop" }, { ...settings, region: "eu-de" }),
    ]) {
      expect(thrownBy(run)).toMatch(/set .*OS_/);
      expect(thrownBy(run)).not.toMatch(ofConfiguration);
    }
  });

  it.each([
    ["a token", { method: "token", token: "token" }],
    ["a temporary access key", { method: "key", accessKey: "AK", secretKey: "SK", securityToken: "ST" }],
  ] as const)("%s that is refused: a script is run again, and has no update", async (_what, credentials) => {
    const settings = { credentials, authUrlIsSet: false, endpoints: {}, project: { id: "project" } };
    const refused = async () => ({ httpStatus: 401, body: {}, header: () => undefined });
    const request = { method: "GET", url: "https://dms.example.com", timeoutMs: 1000 } as const;
    const ask = (flag: { isScript?: true }) => throwIfRefused(refused, credentials, { ...settings, ...flag })(request);
    await expect(ask({ isScript: true })).rejects.toThrow(/, then run the script again\.$/);
    await expect(ask({})).rejects.toThrow(/, then run the update again to resume\.$/);
  });

  it("all that is missing: first what, then the commands and the sources on lines of their own", () => {
    const nothing = Object.fromEntries(Object.keys(complete).map((name) => [name, ""]));
    expect(readIn(undefined, nothing).split("\n")).toEqual([
      expect.stringMatching(/^no credentials are set: .* no project is set: .* no region is set: /) as string,
      "Run: export OS_USERNAME=... OS_PASSWORD=... OS_USER_DOMAIN_NAME=... && export OS_PROJECT_NAME=eu-de_myproject && " +
        "export OS_REGION_NAME=eu-de",
      expect.stringMatching(/^Searched: the environment \(nothing\); clouds\.yaml \(no file in /) as string,
    ]);
  });

  it("a part of the credentials: the variable to set", () => {
    expect(readIn(undefined, { OS_PASSWORD: "" })).toContain("\nRun: export OS_PASSWORD=...\n");
    expect(readIn(() => undefined, { OS_PASSWORD: "" })).toContain(
      "\nRun: pulumi config set --secret opentelekomcloud:password\n",
    );
  });
});

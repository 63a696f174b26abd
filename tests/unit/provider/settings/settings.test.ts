import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readSettings } from "../../../../provider/settings/settings";
import { placesOf, type SettingName } from "../../../../provider/settings/settingTable";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "settings-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = {
  OS_AUTH_URL: "https://iam.example.com",
  OS_REGION_NAME: "eu-de",
  OS_PROJECT_ID: "project-of-env",
  OS_USERNAME: "user-of-env",
  OS_PASSWORD: "password-of-env",
  OS_USER_DOMAIN_NAME: "domain",
};
const read = (more: object = {}, config: { [key: string]: string } = {}, place = {}) =>
  readSettings(place, (key) => config[key], { ...env, ...more }, { cwd: folder, home: path.join(folder, "home") });

describe("settings", () => {
  it("come from the environment", () => {
    const { origins, ...settings } = read();
    expect(settings).toEqual({
      credentials: {
        method: "password",
        origin: "OS_USERNAME in the environment",
        user: { name: "user-of-env" },
        domain: { name: "domain" },
        password: "password-of-env",
      },
      authUrl: "https://iam.example.com/v3",
      authUrlIsSet: true,
      region: "eu-de",
      project: { id: "project-of-env" },
      endpoints: {},
    });
    // Of a secret, the place alone.
    expect(origins).toContain("region eu-de (OS_REGION_NAME in the environment)");
    expect(origins).toContain("password (OS_PASSWORD in the environment)");
  });

  it("come from the configuration before the environment, an id and a name of a thing from one source", () => {
    const config = {
      tenantName: "eu-nl_shop",
      userName: "user-of-config",
      password: "password-of-config",
      domainId: "domain-of-config",
      region: "eu-nl",
    };
    expect(read({}, config)).toMatchObject({
      credentials: {
        user: { name: "user-of-config" },
        domain: { id: "domain-of-config" },
        password: "password-of-config",
      },
      project: { name: "eu-nl_shop" },
      region: "eu-nl",
    });
  });

  it("come from an argument before all others", () => {
    const place = { projectId: "argument", region: "eu-ch2", endpoint: "https://own.example.com/" };
    expect(read({}, { tenantId: "config", region: "eu-nl" }, place)).toMatchObject({
      project: { id: "argument" },
      region: "eu-ch2",
      endpoints: { dms: "https://own.example.com" },
    });
  });

  it("prefer a token to a password", () => {
    expect(read({ OS_AUTH_TOKEN: "the-token" }).credentials).toEqual({
      method: "token",
      token: "the-token",
      origin: "OS_AUTH_TOKEN in the environment",
    });
  });

  it("take region and IAM's address from the project's name and the pattern where they are not set", () => {
    const more = { OS_AUTH_URL: "", OS_REGION_NAME: "", OS_PROJECT_ID: "", OS_PROJECT_NAME: "eu-ch2_shop" };
    expect(read(more)).toMatchObject({ region: "eu-ch2", authUrl: "https://iam.eu-ch2.sc.otc.t-systems.com/v3" });
  });

  it.each([
    [
      { OS_PASSWORD: "" },
      "the credentials are incomplete: OS_USERNAME in the environment needs the setting password. Set " +
        "opentelekomcloud:password in the Pulumi configuration, OS_PASSWORD in the environment, or auth.password in clouds.yaml.",
    ],
    [{ OS_ACCESS_KEY: "AK" }, "OS_ACCESS_KEY in the environment needs the setting secretKey. Set"],
    [{ OS_SK: "secret" }, "OS_SK in the environment needs the setting accessKey. Set"],
    [{ OS_PASSCODE: "123456" }, "OS_PASSCODE in the environment needs the setting userId. Set"],
    [
      { OS_AGENCY_NAME: "a" },
      "the agency is incomplete: OS_AGENCY_NAME in the environment needs the setting agencyDomainName",
    ],
    [{ OS_AGENCY_DOMAIN_NAME: "d" }, "OS_AGENCY_DOMAIN_NAME in the environment needs the setting agencyName"],
    [{ OS_CERT: "/nowhere" }, "the file of the setting clientCert cannot be read (ENOENT): check OS_CERT in"],
    [{ OS_CACERT: "-----BEGIN rubbish" }, "the setting caCert contains no readable certificate"],
    [{ OS_INSECURE: "maybe" }, 'the setting insecure must be true or false, but is "maybe" (OS_INSECURE in'],
    [{ OS_REQUEST_TIMEOUT: "0" }, "the setting requestTimeout must be a number of seconds from 1 to 600, but is"],
    [{ OS_INTERFACE: "outer" }, 'the setting endpointType must be public, internal or admin, but is "outer"'],
    [
      { OS_PROJECT_ID: "", OS_PROJECT_NAME: "eu-nl_a" },
      "the project eu-nl_a belongs to region eu-nl, but the region is set to eu-de",
    ],
    [{ OS_USERNAME: "" }, "the credentials are incomplete: OS_PASSWORD in the environment needs the setting userName"],
    [
      { OS_USER_DOMAIN_NAME: "" },
      "the credentials are incomplete: OS_USERNAME in the environment needs the setting domainName",
    ],
    [{ OS_USERNAME: "", OS_PASSWORD: "" }, "no credentials are set: set a token (opentelekomcloud:token"],
    [
      { OS_PROJECT_ID: "" },
      "no project is set: set opentelekomcloud:tenantId in the Pulumi configuration, OS_TENANT_ID or OS_PROJECT_ID in",
    ],
    [{ OS_AUTH_URL: "", OS_REGION_NAME: "" }, "no region is set"],
    [{ OS_AUTH_URL: "http://iam.example.com" }, 'the setting authUrl must begin with "https://"'],
    [{ OS_AUTH_URL: "iam" }, 'the setting authUrl must be a URL such as "https://host", but is "iam"'],
    [{ OS_REGION_NAME: "evil.com/" }, 'the setting region must be the name of a region such as "eu-de"'],
    [{ OS_PROJECT_ID: "../x" }, 'the setting projectId must consist of letters, digits and "-", ".", "_" or "~"'],
    [{ OS_DMS_ENDPOINT_OVERRIDE: "https://h?x" }, 'the setting dmsEndpoint must be a URL without "?" and "#"'],
  ])("with %j say what is missing or wrong, and where to set it", (more, message) => {
    expect(() => read(more)).toThrow(message);
  });

  it("take plain http for this machine only, and need no domain with a user's id", () => {
    expect(read({ OS_AUTH_URL: "http://127.0.0.1:1/v3" }).authUrl).toBe("http://127.0.0.1:1/v3");
    expect(read({ OS_USERNAME: "", OS_USER_DOMAIN_NAME: "", OS_USER_ID: "id" }).credentials).toMatchObject({
      user: { id: "id" },
    });
  });

  it("report all that is missing at once, the shortest commands, and what each source contains", () => {
    const nothing = Object.fromEntries(Object.keys(env).map((name) => [name, ""]));
    expect(() => read({ ...nothing, OS_DOMAIN_NAME: "d" }, { endpointType: "public" })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          new RegExp(
            "^no credentials are set: .* no project is set: .* no region is set: .*\\n" +
              "Run: export OS_USERNAME=\\.\\.\\. .* && pulumi config set opentelekomcloud:tenantName .* && " +
              "pulumi config set opentelekomcloud:region eu-de\\n" +
              "Searched: the Pulumi configuration \\(opentelekomcloud:endpointType\\); the environment \\(OS_DOMAIN_NAME\\); " +
              `clouds.yaml \\(no file in ${folder}, .*/etc/openstack\\)\\.$`,
          ),
        ) as string,
      }) as Error,
    );
  });

  it("do not complete a user with another user's password, and say why", () => {
    expect(() => read({}, { userName: "user-of-config", domainName: "domain" })).toThrow(
      "OS_PASSWORD in the environment is ignored because it belongs to another identity.",
    );
    const sameName = { userName: "user-of-env", domainName: "another domain" };
    expect(() => read({}, sameName)).toThrow("OS_PASSWORD in the environment is ignored");
    expect(read({}, { userName: "user-of-env" }).credentials).toMatchObject({ password: "password-of-env" });
  });

  it("do not add another source's security token to an access key", () => {
    const config = { accessKey: "AK", secretKey: "secret" };
    expect(read({ OS_SECURITY_TOKEN: "token-of-env" }, config).credentials).not.toHaveProperty("securityToken");
  });

  // Each variable that the OTC provider for Terraform and OTC's Go SDK read, spelt out.
  it.each<[SettingName, string[]]>([
    ["cloud", ["OS_CLOUD"]],
    ["authUrl", ["OS_AUTH_URL"]],
    ["region", ["OS_REGION_NAME", "OS_REGION"]],
    ["accessKey", ["OS_ACCESS_KEY", "OS_ACCESS_KEY_ID", "OS_AK"]],
    ["secretKey", ["OS_SECRET_KEY", "OS_ACCESS_KEY_SECRET", "OS_SK"]],
    ["securityToken", ["OS_SECURITY_TOKEN", "OS_ST"]],
    ["userName", ["OS_USERNAME"]],
    ["userId", ["OS_USER_ID"]],
    ["password", ["OS_PASSWORD"]],
    ["passcode", ["OS_PASSCODE"]],
    ["token", ["OS_TOKEN", "OS_AUTH_TOKEN"]],
    ["projectId", ["OS_TENANT_ID", "OS_PROJECT_ID"]],
    ["projectName", ["OS_TENANT_NAME", "OS_PROJECT_NAME"]],
    ["domainName", ["OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_DEFAULT_DOMAIN"]],
    ["domainId", ["OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID", "OS_DOMAIN_ID"]],
    ["agencyName", ["OS_AGENCY_NAME", "OS_TARGET_AGENCY_NAME"]],
    ["delegatedProjectName", ["OS_DELEGATED_PROJECT", "OS_TARGET_PROJECT_NAME"]],
    ["insecure", ["OS_INSECURE"]],
    ["caCert", ["OS_CACERT"]],
    ["endpointType", ["OS_ENDPOINT_TYPE", "OS_INTERFACE"]],
  ])("%s comes from the first that is set of %j", (name, variables) => {
    expect(placesOf(name).env).toEqual(variables);
  });

  it("take insecure of the first source that says it, clouds.yaml's verify as its opposite", () => {
    writeFileSync(path.join(folder, "clouds.yaml"), "clouds: {a: {verify: no}}");
    const inEntry = { OS_CLOUD: "a" };
    expect(read(inEntry).connection).toEqual({ insecure: true });
    expect(read({ ...inEntry, OS_INSECURE: "0" }).connection).toBeUndefined();
    expect(read({ ...inEntry, OS_INSECURE: "0" }, { insecure: "true" }).connection).toEqual({ insecure: true });
  });

  it("take plain http elsewhere only where that is allowed, an argument's endpoint included", () => {
    const place = { endpoint: "http://dms.example.com" };
    expect(() => read({}, {}, place)).toThrow('the setting dmsEndpoint must begin with "https://"');
    expect(read({ PULUMI_OTC_ALLOW_HTTP: "1" }, {}, place)).toMatchObject({
      endpoints: { dms: "http://dms.example.com" },
      allowHttp: true,
    });
  });

  it.each([
    "https://u:hunter22@iam.example.com",
    "https://u:hunter22@iam.example.com:99999",
    "https://u:hunter22#@iam.example.com",
    "https://u#hunter22@iam.example.com",
    "https://u?hunter22@iam.example.com",
    "u:hunter22@iam.example.com",
  ])("do not repeat the password of %j, nor take it", (url) => {
    expect(() => read({ OS_AUTH_URL: url })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("hunter22") as string }) as Error,
    );
  });
});

describe("clouds.yaml", () => {
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const entry = (region: string, more = "") =>
    `clouds:\n  mine:\n    region_name: ${region}\n    auth: {username: u, password: 0123, user_domain_name: d, project_name: ${region}_p${more}}\n`;
  const readEntry = (more: object = { OS_CLOUD: "mine" }, place = {}) =>
    readSettings(place, () => undefined, more as { [name: string]: string }, {
      cwd: folder,
      home: path.join(folder, "home"),
    });

  it("is looked for in the working folder, then in the user's, .yaml before .yml before .json", () => {
    write("home/.config/openstack/clouds.yaml", entry("eu-nl"));
    expect(readEntry().region).toBe("eu-nl");
    write("clouds.json", '{"clouds":{"mine":{"region_name":"eu-ch2","auth":{"token":"t","project_id":"p"}}}}');
    expect(readEntry().region).toBe("eu-ch2");
    write("clouds.yml", entry("eu-de"));
    expect(readEntry().region).toBe("eu-de");
    write("other/named.yaml", entry("eu-nl"));
    expect(readEntry({ OS_CLOUD: "mine", OS_CLIENT_CONFIG_FILE: "other/named.yaml" }).region).toBe("eu-nl");
  });

  it("keeps scalars as they are written, and takes secrets from secure.yaml", () => {
    write("clouds.yaml", entry("eu-de"));
    expect(readEntry().credentials).toMatchObject({ password: "0123" });
    write("home/.config/openstack/secure.yaml", "clouds: {mine: {auth: {password: from-secure}}}");
    expect(readEntry().credentials).toMatchObject({ user: { name: "u" }, password: "from-secure" });
  });

  it("knows the profile otc, and those of clouds-public.yaml, with a region in IAM's address", () => {
    const withProfile = (profile: string) =>
      `clouds: {mine: {profile: ${profile}, region_name: eu-nl, auth: {token: t, project_id: p}}}`;
    write("clouds.yaml", withProfile("otc"));
    expect(readEntry()).toMatchObject({ authUrl: "https://iam.eu-nl.otc.t-systems.com/v3", authUrlIsSet: false });
    expect(readEntry({ OS_CLOUD: "mine", OS_REGION_NAME: "eu-de" }).authUrl).toContain("//iam.eu-de.");
    write("clouds.yaml", withProfile("own"));
    expect(readEntry).toThrow("has the profile own, which is neither built in (otc) nor defined in clouds-public.yaml");
    write("clouds-public.yaml", 'public-clouds: {own: {auth: {auth_url: "https://iam-%(region_name)s.example.com"}}}');
    expect(readEntry().authUrl).toBe("https://iam-eu-nl.example.com/v3");
  });

  it("has merge keys, lists of regions, and names and ids of domains that go together", () => {
    write(
      "clouds.yaml",
      "base: &base {regions: [{name: eu-nl}, eu-de]}\n" +
        "clouds: {mine: {<<: *base, auth: {username: u, password: p, user_domain_name: users, project_domain_id: projects, project_name: eu-nl}}}",
    );
    expect(readEntry()).toMatchObject({ region: "eu-nl", credentials: { domain: { name: "users" } } });
  });

  it("has an agency's domain as OTC's tools write it: the Go SDK puts the name where others put the id", () => {
    const agency = (id: string) => `, target_agency_name: a, target_domain_id: ${id}, target_project_name: eu-de_x`;
    write("clouds.yaml", entry("eu-de", agency("OTC-EU-DE-1")));
    expect(readEntry()).toMatchObject({
      agency: { name: "a", domain: { name: "OTC-EU-DE-1" } },
      project: { name: "eu-de_x" },
    });
    write("clouds.yaml", entry("eu-de", agency("0".repeat(32))));
    expect(readEntry()).toMatchObject({ agency: { domain: { id: "0".repeat(32) } } });
  });

  it("gives its only entry by itself where nobody else tells who to be, and nothing otherwise", () => {
    write("clouds.yaml", entry("eu-nl") + "    verify: false\n");
    expect(readEntry({}).region).toBe("eu-nl");
    expect(read().connection).toBeUndefined();
    write("clouds.yaml", entry("eu-nl") + "  yours: {}\n");
    expect(() => readEntry({})).toThrow("clouds.yaml contains mine, yours; OS_CLOUD names none of them");
  });

  it("is read for an argument, whatever the configuration and the environment say", () => {
    write("clouds.yaml", entry("eu-nl"));
    expect(read({}, { region: "eu-de", tenantName: "eu-de_q" }, { cloud: "mine" })).toMatchObject({
      region: "eu-nl",
      project: { name: "eu-nl_p" },
      credentials: { user: { name: "u" } },
    });
  });

  it.each([
    ["no file", undefined, "there is no clouds.yaml to read the entry mine from: searched "],
    [
      "no such entry",
      "clouds: {yours: {}, theirs: {}}",
      'has no entry mine under "clouds": it contains yours, theirs.',
    ],
    ["no entries", "", 'has no entry mine under "clouds": it contains no entry.'],
    ["no YAML", "clouds: {mine: {auth: {password: hunter22\nx", "clouds.yaml is not valid YAML: line "],
    ["a list", "- mine", 'clouds.yaml must contain a mapping with the key "clouds".'],
  ])("with %s says so, and repeats nothing of it", (_what, text, message) => {
    if (text !== undefined) {
      write("clouds.yaml", text);
    }
    expect(readEntry).toThrow(message);
    expect(readEntry).not.toThrow("hunter22");
  });

  it("that is named and not there is an error, not another file", () => {
    write("clouds.yaml", entry("eu-nl"));
    expect(() => readEntry({ OS_CLOUD: "mine", OS_CLIENT_CONFIG_FILE: "gone.yaml" })).toThrow(
      /^OS_CLIENT_CONFIG_FILE names .*gone\.yaml, which does not exist\.$/,
    );
  });
});

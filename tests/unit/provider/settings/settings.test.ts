import { writeFileSync } from "node:fs";
import path from "node:path";
import { placesOf, type SettingName } from "../../../../provider/settings/settingTable";
import { env, settingsFolder } from "./environmentSettings";

const { read, folder } = settingsFolder();

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
              `clouds.yaml \\(no file in ${folder()}, .*/etc/openstack\\)\\.$`,
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
    writeFileSync(path.join(folder(), "clouds.yaml"), "clouds: {a: {verify: no}}");
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

import { readSettings } from "../../../provider/settings";

const env = {
  OS_AUTH_URL: "https://iam.example.com",
  OS_REGION_NAME: "eu-de",
  OS_PROJECT_ID: "project-of-env",
  OS_USERNAME: "user-of-env",
  OS_PASSWORD: "password-of-env",
  OS_USER_DOMAIN_NAME: "domain",
};
const read = (more: object = {}, config: { [key: string]: string } = {}, place = {}) =>
  readSettings(place, (key) => config[key], { ...env, ...more });

describe("settings", () => {
  it("come from the environment", () => {
    expect(read()).toEqual({
      credentials: {
        method: "password",
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
  });

  it("come from the configuration before the environment, an id and a name of a thing from one source", () => {
    const config = { tenantName: "eu-nl_shop", userName: "user-of-config", region: "eu-nl" };
    expect(read({}, config)).toMatchObject({
      credentials: { user: { name: "user-of-config" }, password: "password-of-env" },
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
    expect(read({ OS_AUTH_TOKEN: "the-token" }).credentials).toEqual({ method: "token", token: "the-token" });
  });

  it("take region and IAM's address from the project's name and the pattern where they are not set", () => {
    const more = { OS_AUTH_URL: "", OS_REGION_NAME: "", OS_PROJECT_ID: "", OS_PROJECT_NAME: "eu-ch2_shop" };
    expect(read(more)).toMatchObject({ region: "eu-ch2", authUrl: "https://iam.eu-ch2.sc.otc.t-systems.com/v3" });
  });

  it.each([
    [{ OS_PASSWORD: "" }, "the credentials are incomplete: password is not set: give opentelekomcloud:password"],
    [{ OS_USERNAME: "" }, "the credentials are incomplete: userName is not set"],
    [{ OS_USER_DOMAIN_NAME: "" }, "the credentials are incomplete: domainName is not set"],
    [{ OS_USERNAME: "", OS_PASSWORD: "" }, "no credentials are set: give a token (opentelekomcloud:token"],
    [
      { OS_PROJECT_ID: "" },
      "no project is set: give opentelekomcloud:tenantId in the Pulumi configuration or OS_TENANT_ID",
    ],
    [{ OS_AUTH_URL: "", OS_REGION_NAME: "" }, "no region is set"],
    [{ OS_AUTH_URL: "http://iam.example.com" }, 'the setting authUrl must begin with "https://"'],
    [{ OS_AUTH_URL: "iam" }, 'the setting authUrl must be a URL such as "https://host", but is "iam"'],
    [{ OS_REGION_NAME: "evil.com/" }, 'the setting region must be the name of a region such as "eu-de"'],
    [{ OS_PROJECT_ID: "../x" }, 'the setting projectId must consist of letters, digits and "-", ".", "_" or "~"'],
    [{ OS_DMS_ENDPOINT_OVERRIDE: "https://h?x" }, 'the setting dmsEndpoint must be a URL without "?" and "#"'],
  ])("with %j say what is missing or wrong, and where to give it", (more, message) => {
    expect(() => read(more)).toThrow(message);
  });

  it("take plain http for this machine only, and need no domain with a user's id", () => {
    expect(read({ OS_AUTH_URL: "http://127.0.0.1:1/v3" }).authUrl).toBe("http://127.0.0.1:1/v3");
    expect(read({ OS_USERNAME: "", OS_USER_DOMAIN_NAME: "", OS_USER_ID: "id" }).credentials).toMatchObject({
      user: { id: "id" },
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

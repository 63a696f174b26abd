import { hostNames } from "../../../../provider/http/hostNames";
import { readSettings } from "../../../../provider/settings/settings";

const folders = { cwd: "/nowhere", home: "/nowhere" };
const credentials = { OS_TOKEN: "a-token-of-this-test" };

function originOf(host: string, env: { [name: string]: string }, place = {}): string | undefined {
  readSettings(place, () => undefined, { ...credentials, ...env }, folders);
  return hostNames.originOf(host);
}

describe("a host is named by", () => {
  it.each(["iam", "dms", "dcs"])("the region: %s", (service) => {
    const env = { OS_PROJECT_ID: "p", OS_REGION_NAME: "eu-dee" };
    const host = `${service}.eu-dee.otc.t-systems.com`;
    expect(originOf(host, env)).toBe("the region eu-dee (OS_REGION_NAME in the environment)");
    expect(originOf(host, { OS_PROJECT_ID: "p" }, { region: "eu-dee" })).toBe("the region eu-dee (argument)");
    expect(originOf(host, { OS_PROJECT_NAME: "eu-dee_shop" })).toBe(
      "the region eu-dee (the beginning of the project's name)",
    );
  });

  it("an address of IAM, where that is set", () => {
    const env = { OS_PROJECT_ID: "p", OS_REGION_NAME: "eu-de", OS_AUTH_URL: "https://iam.typo.test/v3" };
    expect(originOf("iam.typo.test", env)).toBe("the setting authUrl (OS_AUTH_URL in the environment)");
    const pattern = { ...env, OS_AUTH_URL: "https://iam.{region_name}.typo.test/v3" };
    expect(originOf("iam.eu-de.typo.test", pattern)).toBe("the region eu-de (OS_REGION_NAME in the environment)");
  });

  it("the service's endpoint, where that is set", () => {
    const env = { OS_PROJECT_ID: "p", OS_REGION_NAME: "eu-de", OS_DMS_ENDPOINT_OVERRIDE: "https://dms.typo.test" };
    expect(originOf("dms.typo.test", env)).toBe(
      "the setting dmsEndpoint (OS_DMS_ENDPOINT_OVERRIDE in the environment)",
    );
    expect(originOf("dms.other.test", env, { endpoint: "https://dms.other.test" })).toBe("the argument endpoint");
  });
});

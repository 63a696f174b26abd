import { writeFileSync } from "node:fs";
import path from "node:path";
import { settingsFolder } from "./environmentSettings";

// Which cloud settings are of, and what its names are.

const { readFrom, folder } = settingsFolder();

const otcEnv = {
  OS_REGION_NAME: "eu-de",
  OS_PROJECT_NAME: "eu-de",
  OS_ACCESS_KEY: "AK-OTC",
  OS_SECRET_KEY: "secret-otc",
};
const huaweiEnv = { HW_REGION_NAME: "eu-west-101", HW_ACCESS_KEY: "AK-HW", HW_SECRET_KEY: "secret-hw" };
const otcConfig = { "opentelekomcloud:region": "eu-nl", "opentelekomcloud:tenantName": "eu-nl" };
const huaweiConfig = { "huaweicloud:region": "cn-north-4" };

const ofOtc = { authUrl: "https://iam.eu-de.otc.t-systems.com/v3", credentials: { accessKey: "AK-OTC" } };
const ofHuawei = {
  cloudProvider: "huaweicloud",
  authUrl: "https://iam.eu-west-101.myhuaweicloud.eu/v3",
  credentials: { accessKey: "AK-HW" },
};

const writeEntry = (entry: object) =>
  writeFileSync(path.join(folder(), "clouds.yaml"), JSON.stringify({ clouds: { named: entry } }));

describe("the cloud is that", () => {
  it("whose variables are set", () => {
    expect(readFrom(otcEnv)).toMatchObject(ofOtc);
    expect(readFrom(otcEnv)).not.toHaveProperty("cloudProvider");
    expect(readFrom(huaweiEnv)).toMatchObject(ofHuawei);
  });

  it("of the first source with names of one cloud", () => {
    const hosts = readFrom({ ...otcEnv, ...huaweiEnv }, huaweiConfig);
    expect(hosts).toMatchObject({
      authUrl: "https://iam.cn-north-4.myhuaweicloud.com/v3",
      credentials: { accessKey: "AK-HW" },
    });
    expect(readFrom({ ...otcEnv, ...huaweiEnv }, otcConfig)).toMatchObject({
      authUrl: "https://iam.eu-nl.otc.t-systems.com/v3",
      credentials: { accessKey: "AK-OTC" },
    });
  });

  it("that the argument names, before the setting that names another", () => {
    const env = { ...otcEnv, ...huaweiEnv, PULUMI_OTC_CLOUD_PROVIDER: "opentelekomcloud" };
    expect(readFrom(env)).toMatchObject(ofOtc);
    expect(readFrom(env, {}, { cloudProvider: "huaweicloud" })).toMatchObject(ofHuawei);
    expect(readFrom(env, { "otc-background-task:cloudProvider": "huaweicloud" })).toMatchObject(ofHuawei);
  });

  it("that the entry of clouds.yaml names, or else Open Telekom Cloud for an entry that an argument names", () => {
    const auth = { ak: "AK", sk: "secret", project_name: "eu-west-101" };
    writeEntry({ cloud_provider: "huaweicloud", region_name: "eu-west-101", auth });
    const expected = { ...ofHuawei, credentials: { accessKey: "AK" } };
    expect(readFrom({})).toMatchObject(expected);
    expect(readFrom({ ...huaweiEnv, OS_CLOUD: "named", HW_ACCESS_KEY: "", HW_SECRET_KEY: "" })).toMatchObject(expected);
    expect(readFrom(otcEnv, {}, { cloud: "named" })).toMatchObject(expected);
    writeEntry({ region_name: "eu-de", auth: { ...auth, project_name: "eu-de" } });
    expect(readFrom({}, huaweiConfig, { cloud: "named" })).not.toHaveProperty("cloudProvider");
  });
});

describe("settings of two clouds in one source are an error that says how to choose", () => {
  it.each<[string, object, { [key: string]: string }, string]>([
    [
      "the environment",
      { ...huaweiEnv, OS_ACCESS_KEY: "AK" },
      {},
      "OS_ACCESS_KEY of opentelekomcloud, and HW_REGION_NAME",
    ],
    ["the environment", { ...huaweiEnv, OS_CLOUD: "missing" }, {}, "no clouds.yaml"],
    [
      "the Pulumi configuration",
      {},
      { ...huaweiConfig, ...otcConfig },
      "opentelekomcloud:region, opentelekomcloud:tenantName of opentelekomcloud, and huaweicloud:region of huaweicloud",
    ],
  ])("%s", (_source, env, config, names) => {
    expect(() => readFrom(env, config)).toThrow(names);
  });

  it("which names the argument and each place of the setting", () => {
    expect(() => readFrom({ ...otcEnv, ...huaweiEnv })).toThrow(
      "Choose one of the two with the argument cloudProvider, or for all with otc-background-task:cloudProvider in the " +
        "Pulumi configuration, PULUMI_OTC_CLOUD_PROVIDER in the environment, or cloud_provider in clouds.yaml.",
    );
  });

  it("not if one only says how to connect", () => {
    expect(readFrom({ ...huaweiEnv, OS_INSECURE: "1", OS_REQUEST_TIMEOUT: "20" })).toMatchObject({
      ...ofHuawei,
      connection: { insecure: true },
      requestTimeoutMs: 20_000,
    });
  });
});

describe("one cloud's credentials are never read for the other", () => {
  const huawei = { cloudProvider: "huaweicloud" };

  it("from the environment with names of both", () => {
    const half = { HW_REGION_NAME: "eu-west-101", HW_ACCESS_KEY: "AK-HW" };
    expect(() => readFrom({ ...otcEnv, ...half }, {}, huawei)).toThrow(
      "HW_ACCESS_KEY in the environment needs the setting secretKey",
    );
    expect(() =>
      readFrom({ ...huaweiEnv, OS_REGION_NAME: "eu-de" }, {}, { cloudProvider: "opentelekomcloud" }),
    ).toThrow("no credentials are set");
  });

  it("from an entry of clouds.yaml of the other", () => {
    writeEntry({ region_name: "eu-de", auth: { ak: "AK", sk: "secret", project_name: "eu-de" } });
    expect(() => readFrom({}, huaweiConfig)).toThrow("its only entry is of opentelekomcloud");
    writeEntry({ cloud_provider: "opentelekomcloud", auth: { ak: "AK", sk: "secret" } });
    expect(() => readFrom({}, huaweiConfig, { cloud: "named", ...huawei })).toThrow(
      /the cloud is huaweicloud, but cloud_provider in entry named of .* is opentelekomcloud/,
    );
  });

  it("but OS_* alone are read for Huawei Cloud, as its provider for Terraform does", () => {
    expect(readFrom({ OS_ACCESS_KEY: "AK", OS_SECRET_KEY: "secret" }, huaweiConfig)).toMatchObject({
      cloudProvider: "huaweicloud",
      credentials: { accessKey: "AK" },
    });
  });
});

describe("Huawei Cloud's settings", () => {
  it.each([
    ["global", "https://iam.myhuaweicloud.com/v3"],
    ["regional", "https://iam.cn-north-4.myhuaweicloud.com/v3"],
  ])("take %s IAM with the region's pattern for the services, without the catalog", (_kind, authUrl) => {
    expect(readFrom({ ...huaweiEnv, HW_AUTH_URL: authUrl })).toMatchObject({ authUrl, authUrlIsSet: false });
  });

  it("take another address of IAM with its catalog", () => {
    expect(readFrom({ ...huaweiEnv, HW_AUTH_URL: "https://iam.example.com" })).toMatchObject({ authUrlIsSet: true });
  });

  it("take the domain of the hosts, and only a domain", () => {
    expect(readFrom({ ...huaweiEnv, HW_CLOUD: "example.cloud" })).toMatchObject({
      authUrl: "https://iam.eu-west-101.example.cloud/v3",
    });
    expect(() => readFrom({ ...huaweiEnv, HW_CLOUD: "https://example.cloud" })).toThrow(
      "the setting cloudDomain must be a domain",
    );
  });

  it("have the region's project by default, and refuse one of another region", () => {
    expect(readFrom(huaweiEnv)).toMatchObject({ project: { name: "eu-west-101" } });
    expect(() => readFrom({ ...huaweiEnv, HW_PROJECT_NAME: "cn-north-4_shop" })).toThrow(
      "belongs to region cn-north-4, but the region is set to eu-west-101",
    );
  });

  it("take an endpoint without a scheme, and endpoints and assume_role as fields of objects", () => {
    const config = {
      ...huaweiConfig,
      "huaweicloud:endpoints": '{"dms":"dms.example.com","dcs":"https://dcs.example.com/"}',
      "huaweicloud:assumeRole": '{"agencyName":"agency","domainName":"theirs"}',
      "huaweicloud:projectName": "cn-north-4_theirs",
    };
    expect(readFrom(huaweiEnv, config)).toMatchObject({
      endpoints: { dms: "https://dms.example.com", dcs: "https://dcs.example.com" },
      agency: { name: "agency", domain: { name: "theirs" } },
      project: { name: "cn-north-4_theirs" },
    });
    const list = { ...huaweiConfig, "huaweicloud:assumeRoles": '[{"agencyName":"agency","domainName":"theirs"}]' };
    expect(readFrom(huaweiEnv, list)).toMatchObject({ agency: { name: "agency" } });
    expect(() => readFrom(huaweiEnv, { ...config, "huaweicloud:assumeRole": "agency" })).toThrow(
      "huaweicloud:assumeRole in the Pulumi configuration must be an object",
    );
  });

  it("have a delegated project of their own for agency_name, by default the region's", () => {
    const agency = { OS_AGENCY_NAME: "agency", OS_AGENCY_DOMAIN_NAME: "theirs", HW_PROJECT_NAME: "eu-west-101_ours" };
    expect(readFrom({ ...huaweiEnv, ...agency })).toMatchObject({ project: { name: "eu-west-101" } });
    expect(readFrom({ ...huaweiEnv, ...agency, OS_DELEGATED_PROJECT: "eu-west-101_theirs" })).toMatchObject({
      project: { name: "eu-west-101_theirs" },
    });
  });
});

describe("messages name Huawei Cloud's settings", () => {
  it.each<[string, object, string]>([
    [
      "no credentials",
      { ...huaweiEnv, HW_ACCESS_KEY: "", HW_SECRET_KEY: "" },
      "Run: export HW_ACCESS_KEY=... HW_SECRET_KEY=...",
    ],
    ["no secret key", { ...huaweiEnv, HW_SECRET_KEY: "" }, "Run: pulumi config set --secret huaweicloud:secretKey"],
    ["no region", { ...huaweiEnv, HW_REGION_NAME: "" }, "Run: pulumi config set huaweicloud:region eu-west-101"],
    ["half an agency", { ...huaweiEnv, HW_ASSUME_ROLE_AGENCY_NAME: "a" }, "Set huaweicloud:assumeRole.domainName"],
  ])("%s", (_what, env, text) => {
    expect(() => readFrom(env)).toThrow(text);
    expect(() => readFrom(env)).not.toThrow(/opentelekomcloud|eu-de/);
  });
});

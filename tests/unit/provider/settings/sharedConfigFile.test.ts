import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { settingsFolder } from "./environmentSettings";

// The file that Huawei Cloud's command line writes. Which source takes precedence: tests/settingsGrid.ts.

const { readFrom, folder } = settingsFolder();

const key = { accessKeyId: "AK", secretAccessKey: "secret-of-profile" };
const profiles = [
  { name: "default", mode: "AKSK", region: "cn-north-4", ...key, accessKeyId: "AK-DEFAULT" },
  { name: "mine", mode: "AKSK", region: "eu-west-101", ...key },
  { name: "signed-on", mode: "SSO", ssoAuth: {} },
];

function write(content: object | string, file = "config.json"): string {
  const at = path.join(folder(), file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, typeof content === "string" ? content : JSON.stringify(content));
  return at;
}

const inHome = "home/.hcloud/config.json";

describe("a profile", () => {
  it("is the file's current one, or the one that is named", () => {
    const file = write({ current: "default", profiles });
    const read = (more: object) => readFrom({ HW_SHARED_CONFIG_FILE: file, ...more });
    expect(read({})).toMatchObject({
      cloudProvider: "huaweicloud",
      region: "cn-north-4",
      project: { name: "cn-north-4" },
    });
    expect(read({ HW_PROFILE: "mine" })).toMatchObject({
      region: "eu-west-101",
      credentials: { accessKey: "AK", origin: `accessKeyId in profile mine of ${file}` },
    });
  });

  it("is of the file in the home folder if none is named", () => {
    write({ current: "default", profiles }, inHome);
    expect(readFrom({}, { "huaweicloud:profile": "mine" })).toMatchObject({ credentials: { accessKey: "AK" } });
    expect(readFrom({ HW_SHARED_CONFIG_FILE: "~/.hcloud/config.json" })).toMatchObject({
      credentials: { accessKey: "AK-DEFAULT" },
    });
  });

  it("takes precedence over the source that names it, and over none before it", () => {
    write({ current: "mine", profiles }, inHome);
    const others = { HW_ACCESS_KEY: "AK-ENV", HW_SECRET_KEY: "secret-env" };
    expect(readFrom({ ...others, HW_PROFILE: "mine" }).credentials).toMatchObject({ accessKey: "AK" });
    const config = { "huaweicloud:accessKey": "AK-CONFIG", "huaweicloud:secretKey": "secret-config" };
    expect(readFrom({ ...others, HW_PROFILE: "mine" }, config).credentials).toMatchObject({ accessKey: "AK-CONFIG" });
  });

  it("is not read for Open Telekom Cloud", () => {
    const otc = {
      OS_REGION_NAME: "eu-de",
      OS_PROJECT_NAME: "eu-de",
      OS_ACCESS_KEY: "AK-OTC",
      OS_SECRET_KEY: "key-of-otc",
    };
    const env = { ...otc, HW_PROFILE: "missing", PULUMI_OTC_CLOUD_PROVIDER: "opentelekomcloud" };
    expect(readFrom(env).credentials).toMatchObject({ accessKey: "AK-OTC" });
  });

  it("has its secrets masked", () => {
    write({ current: "mine", profiles }, inHome);
    const { origins } = readFrom({ HW_PROFILE: "mine" });
    expect(origins!.join("\n")).toContain("secretKey (secretAccessKey in profile");
    expect(origins!.join("\n")).not.toContain("secret-of-profile");
  });
});

describe("an error says", () => {
  it.each<[string, object | string, object, RegExp]>([
    [
      "that there is no such profile",
      { profiles },
      { HW_PROFILE: "other" },
      /has no profile other: it contains default, mine, signed-on\.$/,
    ],
    ["that none is named", { profiles }, {}, /names no current profile: set huaweicloud:profile or HW_PROFILE\.$/],
    [
      "that a profile's sign-on is not supported",
      { profiles },
      { HW_PROFILE: "signed-on" },
      /name a profile with an access key\.$/,
    ],
    [
      "how the file is decrypted",
      { authEncrypt: "true", profiles },
      { HW_PROFILE: "mine" },
      /--cli-auth-encrypt=false/,
    ],
    ["that a file is no JSON", `{"profiles": secret-of-profile`, {}, /config\.json is not valid JSON\.$/],
    ["what a file must contain", { profiles: "secret-of-profile" }, {}, /must contain a list "profiles"/],
    [
      "what a profile lacks",
      { profiles: [{ name: "mine", accessKeyId: "AK", region: "eu-west-101" }] },
      { HW_PROFILE: "mine" },
      /accessKeyId in profile mine of .* needs the setting secretKey/,
    ],
  ])("%s, and shows no value", (_what, content, env, message) => {
    const file = write(content);
    const read = () => readFrom({ HW_SHARED_CONFIG_FILE: file, ...env });
    expect(read).toThrow(message);
    expect(read).not.toThrow("secret-of-profile");
  });

  it("which file does not exist, and what needs it", () => {
    expect(() => readFrom({ HW_PROFILE: "mine" })).toThrow(
      `HW_PROFILE in the environment needs ${path.join(folder(), inHome)}, which does not exist.`,
    );
  });
});

import { readSettings } from "../../../../provider/settings/settings";
import { SettingsError } from "../../../../provider/task/errors";

const folders = { cwd: "/nowhere", home: "/nowhere" };
const read = (env: { [name: string]: string }, config: { [key: string]: string } = {}) =>
  readSettings(
    {},
    (key) => config[key.replace(/^opentelekomcloud:/, "")],
    { OS_REGION_NAME: "eu-de", OS_PROJECT_ID: "project", ...env },
    folders,
  );

const key = { OS_ACCESS_KEY: "access", OS_SECRET_KEY: "secret" };

describe("a setting that is sent in a header", () => {
  it.each([
    ["token", { OS_TOKEN: "abc\r\nX-Evil: 1" }, "OS_TOKEN in the environment"],
    ["token", { OS_AUTH_TOKEN: "abc\u0000def" }, "OS_AUTH_TOKEN in the environment"],
    ["token", { OS_TOKEN: "abc\u007fdef" }, "OS_TOKEN in the environment"],
    ["token", { OS_TOKEN: "\nabc" }, "OS_TOKEN in the environment"],
    ["token", { OS_TOKEN: "abc\u{1f511}" }, "OS_TOKEN in the environment"],
    ["accessKey", { ...key, OS_ACCESS_KEY: "access\nX-Evil: 1" }, "OS_ACCESS_KEY in the environment"],
    ["secretKey", { ...key, OS_SECRET_KEY: "sec\nret" }, "OS_SECRET_KEY in the environment"],
    ["securityToken", { ...key, OS_SECURITY_TOKEN: "abc\nX-Evil: 1" }, "OS_SECURITY_TOKEN in the environment"],
  ])("is refused with what no header can hold: %s of %j", (name, env, place) => {
    expect(() => read(env as { [name: string]: string })).toThrow(SettingsError);
    expect(() => read(env as { [name: string]: string })).toThrow(
      `the setting ${name} (${place}) contains a line break, a control character or a character outside of ASCII`,
    );
    expect(() => read(env as { [name: string]: string })).not.toThrow(/abc|X-Evil/);
  });

  it("is refused in the configuration as well", () => {
    expect(() => read({}, { token: "abc\nX-Evil: 1" })).toThrow(
      "the setting token (opentelekomcloud:token in the Pulumi configuration) contains a line break",
    );
  });

  it.each(["\n", "\r\n", "\n\n"])("may end with %j, as a file does", (end) => {
    expect(read({ OS_TOKEN: `token${end}` }).credentials).toMatchObject({ token: "token" });
    const ended = { OS_ACCESS_KEY: `access${end}`, OS_SECRET_KEY: `secret${end}`, OS_SECURITY_TOKEN: `security${end}` };
    expect(read(ended).credentials).toMatchObject({
      accessKey: "access",
      secretKey: "secret",
      securityToken: "security",
    });
  });

  it("is the same with and without a line end: an agency beside it is for it", () => {
    const env = { OS_TOKEN: "token", OS_AGENCY_NAME: "agency", OS_AGENCY_DOMAIN_NAME: "domain" };
    expect(read(env, { token: "token\n" })).toMatchObject({
      credentials: { token: "token" },
      agency: { name: "agency" },
    });
  });
});

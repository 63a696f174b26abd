import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { settingsFolder } from "./environmentSettings";

const { read, readFrom, folder } = settingsFolder();

describe("clouds.yaml", () => {
  const write = (name: string, text: string) => {
    const file = path.join(folder(), name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const entry = (region: string, more = "") =>
    `clouds:\n  mine:\n    region_name: ${region}\n    auth: {username: u, password: 0123, user_domain_name: d, project_name: ${region}_p${more}}\n`;
  const readEntry = (more: object = { OS_CLOUD: "mine" }, place = {}) => readFrom(more, {}, place);

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

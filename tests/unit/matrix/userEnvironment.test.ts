import path from "node:path";
import { userEnvironment } from "../../../matrix/installs/userEnvironment";

const variables = {
  npm_config_registry: "http://packages.example",
  npm_config_local_prefix: "/repository",
  npm_package_name: "pulumi-otc-background-task",
  npm_lifecycle_event: "test:matrix",
  OS_PASSWORD: "secret",
  PULUMI_HOME: "/home/.pulumi",
  NODE_OPTIONS: "--require something",
};

describe("the environment of a user's package manager", () => {
  const before = { ...process.env };
  beforeAll(() => void Object.assign(process.env, variables));
  afterAll(() => {
    process.env = before;
  });

  it("has the user's own settings of npm, and nothing of the repository's, the cloud's or Pulumi's", () => {
    const env = userEnvironment();
    expect(Object.keys(variables).filter((name) => name in env)).toEqual(["npm_config_registry"]);
  });

  it("finds what is in the given folders before everything else on PATH", () => {
    const found = userEnvironment("/node", "/tool")["PATH"]?.split(path.delimiter);
    expect(found?.slice(0, 2)).toEqual(["/node", "/tool"]);
    expect(found?.slice(2)).toEqual(process.env["PATH"]?.split(path.delimiter));
  });
});

import path from "node:path";
import { hermeticEnvironment } from "../../../../engine/machine/hermeticEnvironment";

const folders = { engineBin: "/engine/bin", home: "/run/home", backend: "/run/backend", passphrase: "a phrase" };

describe("the environment of an engine run", () => {
  test("holds its own home, backend and passphrase instead of the user's", () => {
    const env = hermeticEnvironment(folders, {
      PULUMI_HOME: "/home/someone/.pulumi",
      PULUMI_BACKEND_URL: "s3://states",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/home/someone/phrase",
      PULUMI_ACCESS_TOKEN: "pul-secret",
    });
    expect(env).toMatchObject({
      PULUMI_HOME: "/run/home",
      PULUMI_BACKEND_URL: "file:///run/backend",
      PULUMI_CONFIG_PASSPHRASE: "a phrase",
    });
    expect(Object.keys(env)).not.toContain("PULUMI_ACCESS_TOKEN");
    expect(Object.keys(env)).not.toContain("PULUMI_CONFIG_PASSPHRASE_FILE");
  });

  test.each([
    "OS_PASSWORD",
    "OS_CLOUD",
    "OTC_ACCESS_KEY",
    "https_proxy",
    "HTTP_PROXY",
    "NODE_OPTIONS",
    "NODE_ENV",
    "JEST_WORKER_ID",
  ])("does not hand on %s", (name) => {
    expect(Object.keys(hermeticEnvironment(folders, { [name]: "x" }))).not.toContain(name);
  });

  test.each(["HOME", "LANG", "OSTYPE", "TMPDIR", "SSL_CERT_FILE"])("hands on %s", (name) => {
    expect(hermeticEnvironment(folders, { [name]: "x" })).toHaveProperty(name, "x");
  });

  test("finds the engine's own executables first, then this Node.js, then what the user has", () => {
    const env = hermeticEnvironment(folders, { Path: "/usr/bin" });
    expect(env["PATH"]?.split(path.delimiter)).toEqual(["/engine/bin", path.dirname(process.execPath), "/usr/bin"]);
    expect(Object.keys(env)).not.toContain("Path");
  });
});

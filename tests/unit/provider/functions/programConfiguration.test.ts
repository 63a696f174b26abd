import * as pulumi from "@pulumi/pulumi";
import { identityInProgram } from "../../../../provider/functions/programConfiguration";

// Only what a test sets is there: no credentials, and no clouds.yaml.
const before = process.env;
beforeEach(() => (process.env = { HOME: "/nowhere" }));
afterEach(() => (process.env = before));

const message = (): string => {
  try {
    identityInProgram({});
    return "no error";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a message about missing settings names the Pulumi configuration", () => {
  it("not in a plain script", () => {
    expect(message()).toMatch(/^no credentials are set: [^]*\nSearched: the environment/);
    expect(message()).not.toMatch(/pulumi config|Pulumi configuration/);
  });

  it.each([
    ["a program", { PULUMI_CONFIG: "{}" }],
    ["a policy pack whose stack has no configuration", { PULUMI_NODEJS_PROJECT: "shop" }],
  ])("in %s", (_what, env) => {
    Object.assign(process.env, env);
    expect(message()).toMatch(/Searched: the Pulumi configuration \(nothing\); the environment/);
  });

  it("where a script sets a configuration of its own", () => {
    pulumi.runtime.setConfig("opentelekomcloud:region", "eu-de");
    expect(message()).toMatch(/Searched: the Pulumi configuration \(opentelekomcloud:region\)/);
  });
});

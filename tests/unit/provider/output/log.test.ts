import { randomUUID } from "node:crypto";
import { debug, warnOnce, warnTo } from "../../../../provider/output/log";
import { rememberSecret } from "../../../../provider/output/secrets";

const variables = ["PULUMI_OTC_DEBUG", "OS_DEBUG"];
const given = Object.fromEntries(variables.map((name) => [name, process.env[name]]));
let written: string[];
beforeEach(() => {
  written = [];
  variables.forEach((name) => delete process.env[name]);
  jest.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
  warnTo((message) => void process.stderr.write(`warning: ${message}\n`));
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

describe("a debug line", () => {
  it.each(variables.flatMap((name) => ["1", "true", "yes"].map((value) => [name, value])))(
    "is written with %s=%s",
    (name, value) => {
      process.env[name] = value;
      debug(() => "GET https://host/v2");
      expect(written).toEqual(["otc-background-task: GET https://host/v2\n"]);
    },
  );

  it.each([undefined, "", "0", "false", "FALSE"])("is not even made with %p", (value) => {
    if (value !== undefined) process.env["PULUMI_OTC_DEBUG"] = value;
    const message = jest.fn(() => "GET");
    debug(message);
    expect(message).not.toHaveBeenCalled();
    expect(written).toEqual([]);
  });

  it("contains no secret", () => {
    const secret = randomUUID();
    rememberSecret(secret);
    process.env["OS_DEBUG"] = "1";
    debug(() => `token ${secret}`);
    expect(written).toEqual(["otc-background-task: token ***\n"]);
  });
});

describe("a warning", () => {
  it("is given once for each key", () => {
    const [key, other] = [randomUUID(), randomUUID()];
    warnOnce(key, "first");
    warnOnce(key, "second");
    warnOnce(other, "third");
    expect(written).toEqual(["warning: first\n", "warning: third\n"]);
  });

  it("goes to the place that was named last, without secrets", () => {
    const secret = randomUUID();
    rememberSecret(secret);
    const [first, last] = [jest.fn(), jest.fn()];
    warnTo(first);
    warnTo(last);
    warnOnce(randomUUID(), `refused: ${secret}`);
    expect(last.mock.calls).toEqual([["refused: ***"]]);
    expect(first).not.toHaveBeenCalled();
    expect(written).toEqual([]);
  });
});

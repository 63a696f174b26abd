import { isNestedTooDeeply, jsonTextOf } from "../../../../provider/task/jsonText";

const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));

describe("a value in a message", () => {
  it.each([
    [{ a: [1] }, '{"a":[1]}'],
    ["x".repeat(600), `"${"x".repeat(499)}`],
    [undefined, "undefined"],
    [() => 1, "function"],
    [10n, "{...}"],
    [nested(100_000), "[...]"],
  ])("is JSON as far as there is any: case %#", (value, text) => {
    expect(jsonTextOf(value)).toBe(text);
  });
});

describe("a value that is nested", () => {
  it.each([
    ["101 lists", nested(101), false],
    ["102 lists", nested(102), true],
    ["102 lists beside a null", [null, nested(101)], true],
    ["no list", "text", false],
    ["null", null, false],
    ["many lists beside each other", Array.from({ length: 200 }, () => [0]), false],
  ])("%s: too deep is %p", (_what, value, isTooDeep) => {
    expect(isNestedTooDeeply(value)).toBe(isTooDeep);
  });
});

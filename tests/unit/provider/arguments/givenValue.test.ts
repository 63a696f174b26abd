import { describeGiven } from "../../../../provider/arguments/givenValue";

describe("the value of an argument in a sentence", () => {
  it.each([
    ["text", '"text"'],
    ["x".repeat(100), `"${"x".repeat(100)}"`],
    ["x".repeat(101), `"${"x".repeat(100)}…"`],
    [7, "7"],
    [null, "null"],
    [undefined, "undefined"],
    [true, "true"],
    [[1], "an array"],
    [{}, "an object"],
    [Promise.resolve(), "a Promise"],
    [{ __pulumiOutput: true }, "an Output (the function whose name ends in Output accepts it)"],
    [() => 1, "a function"],
    [Symbol("s"), "a symbol"],
  ])("case %#", (value, text) => {
    expect(describeGiven(value)).toBe(text);
  });
});

import { failed, type Scenario } from "./scenario";

/** Expects a program with these arguments to fail with this line, and without a stack. */
export async function expectRejection({ stack }: Scenario, args: object, line: RegExp): Promise<void> {
  await stack.setConfig("program:args", JSON.stringify(args));
  const output = failed(await stack.up());
  expect(output.replace(/\s+/g, " ")).toMatch(line);
  expect(output).not.toMatch(/^\s+at /m);
}

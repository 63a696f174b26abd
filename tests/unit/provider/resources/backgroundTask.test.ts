import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask } from "../../../../provider/resources/backgroundTask";

const args = { instanceId: "instance", taskId: "task" };

/** How many stack traces are taken meanwhile. */
function stackTracesOf(run: () => void): number {
  const { prepareStackTrace } = Error;
  let traces = 0;
  Error.prepareStackTrace = (error, frames) => {
    traces += frames.length > 0 ? 1 : 0;
    return [String(error), ...frames.map((frame) => frame.getFileName())].join("\n");
  };
  try {
    run();
    return traces;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

const made: BackgroundTask[] = [];
const make = (name: string) => (made.push(new BackgroundTask(name, args)), made.at(-1)!);

describe("a BackgroundTask", () => {
  beforeAll(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ inputs }) => ({ id: "id", state: inputs as object }),
      call: () => ({}),
    });
  });

  // The SDK registers them for a while after the constructor.
  afterAll(() => Promise.all(made.map(({ urn }) => new Promise((resolve) => urn.apply(resolve)))));

  it("does not cost the program a stack trace for each of its outputs", () => {
    const outputs = Object.keys(make("first")).length;
    expect(outputs).toBeGreaterThan(15);
    expect(stackTracesOf(() => make("second"))).toBeLessThan(outputs);
  });

  it("leaves the length of stack traces as it was, and an error where it was made", () => {
    const { stackTraceLimit } = Error;
    make("third");
    let thrown: unknown;
    try {
      new BackgroundTask("", args);
    } catch (error) {
      thrown = error;
    }
    expect((thrown as Error).message).toMatch(/name/);
    expect((thrown as Error).stack).toContain("backgroundTask.test.ts");
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });
});

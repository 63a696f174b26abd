import { outputOf } from "../../../cli/terminal/output";

/** A stream that keeps what is written to it. */
function stream(isTTY: boolean, columns?: number) {
  const written: string[] = [];
  const writable = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
  return { written, stream: writable as unknown as NodeJS.WriteStream };
}

describe("a command's output", () => {
  it("is one line that changes on a terminal, which no other line leaves behind", () => {
    const [stdout, stderr] = [stream(true), stream(true, 12)];
    const output = outputOf({ stdout: stdout.stream, stderr: stderr.stream });
    expect(output.progress.isWatched).toBe(true);
    void output.progress.show("restart EXECUTING, 5 s");
    void output.progress.keep("kept");
    void output.progress.show("10 s");
    output.result("done");
    output.close();
    expect(stderr.written).toEqual([
      "\r\u001b[2Krestart EXE",
      "\r\u001b[2K",
      "kept\n",
      "\r\u001b[2K10 s",
      "\r\u001b[2K",
    ]);
    expect(stdout.written).toEqual(["done\n"]);
  });

  it("is only lines elsewhere", () => {
    const [stdout, stderr] = [stream(false), stream(false)];
    const output = outputOf({ stdout: stdout.stream, stderr: stderr.stream });
    expect(output.progress.isWatched).toBe(false);
    void output.progress.show("restart EXECUTING, 5 s");
    void output.progress.keep("kept");
    void output.progress.warn("odd");
    output.close();
    expect(stderr.written).toEqual(["restart EXECUTING, 5 s\n", "kept\n", "warning: odd\n"]);
  });
});

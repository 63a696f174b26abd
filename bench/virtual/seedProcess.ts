import { fork } from "node:child_process";
import { figuresOf, type SeedFigures } from "./seedFigures";

// Figures on a virtual clock in a process of their own, so that several seeds are drawn at a time.

export function figuresInAProcess(seed: number, waits: number, say: (line: string) => void): Promise<SeedFigures> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, [String(seed), String(waits)]);
    child.on("message", (said: string | SeedFigures) => (typeof said === "string" ? say(said) : resolve(said)));
    child.on("error", reject);
    // Not at its exit, which may be told of before its last message.
    child.on("disconnect", () => reject(new Error(`the process of seed ${seed} ended without its figures`)));
  });
}

if (require.main === module) {
  const [seed, waits] = process.argv.slice(2).map(Number);
  const send = (message: string | SeedFigures) => void process.send!(message);
  void figuresOf(seed!, waits!, send).then(send);
}

import { AsyncLocalStorage } from "node:async_hooks";

const printing = new AsyncLocalStorage<string[]>();

type Write = typeof process.stdout.write;

/** Keeps what each trial's own calls write to stdout and stderr, and Node.js's warnings, although trials run side by side. */
export function keepPrinted(): () => void {
  const originals = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    stream.write = ((...args: Parameters<Write>) => {
      const texts = printing.getStore();
      if (texts === undefined) return write(...args);
      texts.push(String(args[0]));
      args.findLast((arg) => typeof arg === "function")?.();
      return true;
    }) as Write;
    return { stream, write };
  });
  const onWarning = (warning: Error) => printing.getStore()?.push(`${warning.stack ?? warning.message}\n`);
  process.on("warning", onWarning);
  return () => {
    for (const { stream, write } of originals) stream.write = write;
    process.off("warning", onWarning);
  };
}

/** What `work` printed, and how it ended. */
export async function printedBy<T>(work: () => Promise<T>): Promise<{ printed: string; result?: T; error?: unknown }> {
  const texts: string[] = [];
  return printing.run(texts, async () => {
    const end = await work().then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
    // A process warning is told in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    return { printed: texts.join(""), ...end };
  });
}

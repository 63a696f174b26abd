/** Tells a person that a long step is under way. */
export interface Progress {
  /** Shows `describe()` and the time gone by until the step has ended. */
  during<T>(step: () => Promise<T>, describe: () => string): Promise<T>;
}

const linesEverySeconds = 15;

/** On a terminal one line that counts the seconds; elsewhere (CI logs) a line every 15 seconds. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return {
    async during(step, describe) {
      const startedAt = performance.now();
      const line = (): string => `${describe()} (${Math.round((performance.now() - startedAt) / 1000)} s)`;
      const rewrite = (): void => {
        const width = stream.columns || 80;
        stream.write(`\r\x1b[2K${line().slice(0, width - 1)}`);
      };
      const print = (): void => void stream.write(`${line()}\n`);
      const show = stream.isTTY ? rewrite : print;
      show();
      const timer = setInterval(show, stream.isTTY ? 1000 : linesEverySeconds * 1000);
      try {
        return await step();
      } finally {
        clearInterval(timer);
        if (stream.isTTY) stream.write("\r\x1b[2K");
      }
    },
  };
}

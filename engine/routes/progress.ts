/** Shows that a long step is in progress. */
export interface Progress {
  /** Shows the title, the elapsed time and the progress until the step has ended. */
  during<T>(step: () => Promise<T>, title: string, howFar?: () => string): Promise<T>;
}

const linesEverySeconds = 15;

/** On a terminal one line that counts the seconds; elsewhere (CI logs) a line every 15 seconds. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return {
    async during(step, title, howFar) {
      const startedAt = performance.now();
      const line = (): string => {
        // The time before the details, which a narrow terminal cuts off.
        const time = `${title}, ${Math.round((performance.now() - startedAt) / 1000)} s`;
        return howFar ? `${time}: ${howFar()}` : time;
      };
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

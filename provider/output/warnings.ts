import { quote } from "./secrets";

/** Tells the user something that is no error; the same key only once in this process. */
export type Warn = (key: string, message: string) => void;

const said = new Set<string>();

// Shown by the CLI, like whatever a program or a provider writes to stderr, until somebody knows a better place.
let tell = (message: string): void => void process.stderr.write(`warning: ${message}\n`);

/** Where warnings go from now on. */
export function warnTo(place: (message: string) => void): void {
  tell = place;
}

export const warnOnce: Warn = (key, message) => {
  if (!said.has(key)) {
    said.add(key);
    tell(quote(message));
  }
};

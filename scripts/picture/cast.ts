import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";

/** The recorded terminal, in the form of asciinema ("asciicast v2"). */
export const castFile = path.join(repositoryRoot, "tests", "recordings", "up.cast");

export interface Cast {
  columns: number;
  rows: number;
  /** What was printed, and when. */
  events: [seconds: number, text: string][];
}

export function readCast(): Cast {
  const [header, ...events] = readFileSync(castFile, "utf8").trim().split("\n");
  const { width, height } = JSON.parse(header!) as { width: number; height: number };
  return {
    columns: width,
    rows: height,
    events: events.map((line) => {
      const [seconds, , text] = JSON.parse(line) as [number, string, string];
      return [seconds, text];
    }),
  };
}

import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { readCast } from "./cast";
import { framesOf } from "./frames";
import { svgOf, themes } from "./svg";

/** The README's pictures of the recording, by file. */
export async function pictures(): Promise<Map<string, string>> {
  const cast = readCast();
  const frames = await framesOf(cast);
  return new Map(
    Object.entries(themes).map(([name, theme]) => [
      path.join(repositoryRoot, "docs", `up-${name}.svg`),
      svgOf(frames, cast.columns, theme),
    ]),
  );
}

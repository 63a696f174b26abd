// `npm run docs:picture`: draws docs/up-light.svg and docs/up-dark.svg, the moving pictures of the README, from the recorded
// terminal; with `--record`, records it anew before.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { pictures } from "./pictures";
import { record } from "./record";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { record: { type: "boolean" } } });
  if (values.record) {
    record();
  }
  for (const [file, svg] of await pictures()) {
    writeFileSync(file, svg);
    console.log(`${file}: ${Math.round(svg.length / 1024)} KiB`);
  }
}

void main();

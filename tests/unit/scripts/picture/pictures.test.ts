import { readFileSync } from "node:fs";
import { castFile, readCast } from "../../../../scripts/picture/cast";
import { type Frame, framesOf } from "../../../../scripts/picture/frames";
import { pictures } from "../../../../scripts/picture/pictures";
import { svgOf, themes } from "../../../../scripts/picture/svg";

const textOf = ({ rows }: Frame) => rows.map((runs) => runs.map(({ text }) => text).join(" ")).join("\n");

it("the README's pictures are those of the recording", async () => {
  const drawn = await pictures();
  expect(drawn.size).toBe(2);
  for (const [file, svg] of drawn) {
    expect(readFileSync(file, "utf8")).toBe(svg);
  }
});

it("the recording names nothing of the machine that it was made on", () => {
  const text = readFileSync(castFile, "utf8");
  expect(text).not.toMatch(/\/(home|Users|root|tmp|var|usr)\b|@[\w-]+:/);
});

it("it shows that nothing is created while the task is in progress", async () => {
  const screens = (await framesOf(readCast())).map(textOf);
  const waiting = screens.filter((screen) => screen.includes("bindInstancePublicIp EXECUTING"));
  expect(waiting.length).toBeGreaterThan(3);
  expect(waiting.join("\n")).not.toContain("PublicAddress");
  expect(screens.at(-1)).toMatch(/bindInstancePublicIp SUCCESS after [^]*PublicAddress|PublicAddress[^]*SUCCESS after/);
  expect(screens.at(-1)).toContain("5 created");
});

it("a screen is drawn as it looked, with what is overwritten gone", async () => {
  const frames = await framesOf({
    columns: 10,
    rows: 2,
    events: [
      [0, "a <&\r\nwait"],
      [1, "\r\u001b[1m\u001b[32mdone\u001b[0m!\u001b[K"],
    ],
  });
  expect(frames).toHaveLength(2);
  const [, second] = frames;
  expect(second!.rows[1]).toEqual([
    { column: 0, text: "done", colour: 2, isBold: true, isUnderlined: false },
    { column: 4, text: "!     ", isBold: false, isUnderlined: false },
  ]);
  const svg = svgOf(frames, 10, themes.dark);
  expect(svg).toContain("a &#60;&#38;");
  expect(svg).toContain(`style="fill:${themes.dark.colours[2]}"`);
  expect(svg).toContain("prefers-reduced-motion");
});

it("a colour that no theme has is an error that names it", async () => {
  const frames = await framesOf({ columns: 10, rows: 1, events: [[0, "\u001b[38;5;208mx"]] });
  expect(() => svgOf(frames, 10, themes.light)).toThrow("the terminal's colour 208");
});

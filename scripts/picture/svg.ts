import type { Frame, Run } from "./frames";

/** The colours of a picture. */
export interface Theme {
  background: string;
  border: string;
  text: string;
  /** Those of the terminal's sixteen colours that recordings use. */
  colours: { [colour: number]: string };
}

export const themes: Record<"light" | "dark", Theme> = {
  light: {
    background: "#ffffff",
    border: "#d1d9e0",
    text: "#1f2328",
    colours: { 2: "#116329", 5: "#8250df", 12: "#0969da", 13: "#8250df" },
  },
  dark: {
    background: "#0d1117",
    border: "#3d444d",
    text: "#e6edf3",
    colours: { 2: "#3fb950", 5: "#bc8cff", 12: "#58a6ff", 13: "#bc8cff" },
  },
};

const [cellWidth, cellHeight, fontSize, padding] = [8.4, 19, 14, 16];

// The last screen stays for a while before the picture starts again.
const lastSeconds = 5;

/**
 * A picture that moves through the frames, for ever; for readers who want no motion, it shows the last one. All frames stand
 * below each other, and the one on show is moved into view.
 */
export function svgOf(frames: Frame[], columns: number, theme: Theme): string {
  const rowCount = frames[0]!.rows.length;
  const [width, height] = [columns * cellWidth, rowCount * cellHeight];
  const lines = new Map<string, string>();
  const lineOf = (runs: Run[]) => {
    const drawn = runs.map((run) => draw(run, theme)).join("");
    if (!lines.has(drawn)) {
      lines.set(drawn, `l${lines.size}`);
    }
    return lines.get(drawn)!;
  };
  const shown = frames.map(({ rows }, i) =>
    rows.flatMap((runs, row) =>
      runs.length === 0 ? [] : `<use href="#${lineOf(runs)}" y="${i * height + row * cellHeight}"/>`,
    ),
  );
  const [startSeconds, endSeconds] = [frames[0]!.seconds, frames.at(-1)!.seconds + lastSeconds];
  const percent = (seconds: number) =>
    `${Number(((100 * (seconds - startSeconds)) / (endSeconds - startSeconds)).toFixed(2))}%`;
  const moves = frames.map(({ seconds }, i) => `${percent(seconds)}{transform:translateY(${-i * height}px)}`);
  const last = `transform:translateY(${-(frames.length - 1) * height}px)`;
  const style = [
    `text{font:${fontSize}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${theme.text};white-space:pre}`,
    `@keyframes up{${moves.join("")}100%{${last}}}`,
    `.frames{animation:up ${(endSeconds - startSeconds).toFixed(1)}s step-end infinite}`,
    `@media(prefers-reduced-motion:reduce){.frames{animation:none;${last}}}`,
  ];
  const [fullWidth, fullHeight] = [width + 2 * padding, height + 2 * padding];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${fullWidth} ${fullHeight}" width="${fullWidth}" height="${fullHeight}">`,
    `<style>${style.join("")}</style>`,
    `<rect x="0.5" y="0.5" width="${fullWidth - 1}" height="${fullHeight - 1}" rx="6" fill="${theme.background}" stroke="${theme.border}"/>`,
    `<defs>${[...lines].map(([drawn, id]) => `<g id="${id}">${drawn}</g>`).join("\n")}</defs>`,
    `<svg x="${padding}" y="${padding}" width="${width}" height="${height}"><g class="frames">`,
    ...shown.flat(),
    `</g></svg>`,
    `</svg>`,
    "",
  ].join("\n");
}

function draw({ column, text, colour, isBold, isUnderlined }: Run, { colours }: Theme): string {
  if (colour !== undefined && colours[colour] === undefined) {
    throw new Error(`The recording uses the terminal's colour ${colour}: add it to the themes of the picture.`);
  }
  const attributes = [
    `x="${Number((column * cellWidth).toFixed(1))}" y="${fontSize}"`,
    // Whatever font a reader has: columns stay columns.
    `textLength="${Number((text.length * cellWidth).toFixed(1))}" lengthAdjust="spacingAndGlyphs"`,
    ...(colour === undefined ? [] : [`style="fill:${colours[colour]}"`]),
    ...(isBold ? ['font-weight="bold"'] : []),
    ...(isUnderlined ? ['text-decoration="underline"'] : []),
  ];
  const escaped = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<text ${attributes.join(" ")} xml:space="preserve">${escaped}</text>`;
}

import { type IBufferCell, Terminal } from "@xterm/headless";
import type { Cast } from "./cast";

/** Characters that follow each other and look the same. */
export interface Run {
  column: number;
  text: string;
  /** One of the terminal's sixteen colours; undefined: its own. */
  colour?: number;
  isBold: boolean;
  isUnderlined: boolean;
}

/** The screen from a moment on: the runs of each of its rows. */
export interface Frame {
  seconds: number;
  rows: Run[][];
}

// What is printed together is shown together.
const togetherSeconds = 0.08;

/** The screens that the recording went through. */
export async function framesOf({ columns, rows, events }: Cast): Promise<Frame[]> {
  const terminal = new Terminal({ cols: columns, rows, scrollback: 0, allowProposedApi: true });
  const frames: Frame[] = [];
  for (const [i, [seconds, text]] of events.entries()) {
    await new Promise<void>((resolve) => terminal.write(text, resolve));
    const [next = Infinity] = events[i + 1] ?? [];
    if (next - seconds < togetherSeconds) {
      continue;
    }
    const screen = Array.from({ length: rows }, (_, row) => runsOf(terminal, row));
    if (JSON.stringify(screen) !== JSON.stringify(frames.at(-1)?.rows)) {
      frames.push({ seconds, rows: screen });
    }
  }
  terminal.dispose();
  return frames;
}

function runsOf(terminal: Terminal, row: number): Run[] {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row)!;
  const runs: Run[] = [];
  for (let column = 0; column < terminal.cols; column++) {
    const cell = line.getCell(column)!;
    const style = styleOf(cell);
    const last = runs.at(-1);
    if (last && last.column + last.text.length === column && isAlike(last, style)) {
      last.text += cell.getChars() || " ";
    } else {
      runs.push({ column, text: cell.getChars() || " ", ...style });
    }
  }
  return runs.filter(({ text, isUnderlined }) => isUnderlined || text.trim() !== "");
}

function styleOf(cell: IBufferCell): Omit<Run, "column" | "text"> {
  return {
    ...(!cell.isFgDefault() && { colour: cell.getFgColor() }),
    isBold: cell.isBold() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
  };
}

function isAlike(run: Run, style: Omit<Run, "column" | "text">): boolean {
  return run.colour === style.colour && run.isBold === style.isBold && run.isUnderlined === style.isUnderlined;
}

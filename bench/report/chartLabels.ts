/** A point of a chart that has a name, in the chart's units. */
export interface Named {
  name: string;
  x: number;
  y: number;
}

export interface Placed {
  x: number;
  /** Of the text's baseline. */
  y: number;
  anchor: "start" | "end";
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const widthOfLetter = 7;
const heightOfText = 13;
const sizeOfMark = 7;

/** A place for each name, beside its point, where it covers neither another point nor another name. */
export function placeLabels(points: readonly Named[], frame: Pick<Box, "left" | "right">): Placed[] {
  const marks = points.map(({ x, y }) => around(x - sizeOfMark, x + sizeOfMark, y + sizeOfMark, 2 * sizeOfMark));
  const taken: Box[] = [];
  return points.map((point, i) => {
    const others = [...marks.filter((_, j) => j !== i), ...taken];
    const possible = candidates(point).map((placed) => ({ placed, box: boxOf(point.name, placed) }));
    const free = possible.filter(({ box }) => box.left >= frame.left && box.right <= frame.right);
    const best = free.find(({ box }) => !others.some((other) => overlap(box, other))) ?? possible[0]!;
    taken.push(best.box);
    return best.placed;
  });
}

function candidates({ x, y }: Named): Placed[] {
  // Beside the point first, then ever further above and below.
  return [4, -9, 17, -22, 30, -35, 43].flatMap((down): Placed[] => [
    { x: x + 10, y: y + down, anchor: "start" },
    { x: x - 10, y: y + down, anchor: "end" },
  ]);
}

function boxOf(name: string, { x, y, anchor }: Placed): Box {
  const width = name.length * widthOfLetter;
  return around(anchor === "start" ? x : x - width, anchor === "start" ? x + width : x, y + 3, heightOfText);
}

function around(left: number, right: number, bottom: number, height: number): Box {
  return { left, right, top: bottom - height, bottom };
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

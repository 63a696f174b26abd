export interface Point {
  x: number;
  y: number;
}

/** By its centre. */
interface Box extends Point {
  width: number;
  height: number;
}

type Named = Point & { name: string };

const [widthOfLetter, heightOfText, sizeOfMark] = [7, 13, 14];

/** A place for each name, beside its point, where it covers neither a point nor another name. */
export function placeLabels(points: readonly Named[], left: number, right: number) {
  const taken = points.map(({ x, y }): Box => ({ x, y, width: sizeOfMark, height: sizeOfMark }));
  return points.map((point) => {
    const possible = placesFor(point).filter(
      ({ box }) => box.x - box.width / 2 >= left && box.x + box.width / 2 <= right,
    );
    const best = possible.find(({ box }) => !taken.some((other) => overlap(box, other))) ?? possible[0]!;
    taken.push(best.box);
    return best;
  });
}

/** Where its text may start or end, on its baseline. */
function placesFor({ name, x, y }: Named) {
  const width = name.length * widthOfLetter;
  // Beside the point first, then ever further above and below.
  return [4, -9, 17, -22, 30, -35, 43].flatMap((down) =>
    [1, -1].map((side) => ({
      x: x + side * 10,
      y: y + down,
      anchor: side > 0 ? "start" : "end",
      box: { x: x + side * (10 + width / 2), y: y + down + 3 - heightOfText / 2, width, height: heightOfText },
    })),
  );
}

function overlap(one: Box, other: Box): boolean {
  const [width, height] = [(one.width + other.width) / 2, (one.height + other.height) / 2];
  return Math.abs(one.x - other.x) < width && Math.abs(one.y - other.y) < height;
}

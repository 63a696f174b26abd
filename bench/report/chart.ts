import { placeLabels, type Point } from "./chartLabels";
import type { Waiter } from "./figures";

const [width, height] = [820, 520];
const plot = { left: 70, right: width - 30, top: 50, bottom: height - 60 };

// Both axes are logarithmic, so that waiters of the same product of latency and requests lie on a straight line.
const requestsRange = [4, 600] as const;
const latencyRange = [0.3, 250] as const;
const at = (requests: number, latencySeconds: number): Point => ({
  x: onScale(requests, requestsRange, plot.left, plot.right),
  y: onScale(latencySeconds, latencyRange, plot.bottom, plot.top),
});

/** Mean latency against mean requests, as SVG. */
export function chartOf(waiters: readonly Waiter[], caption: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">
<title>${escape(caption)}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${text({ x: plot.left, y: 24 }, caption, 'font-size="14" font-weight="bold" fill="#222222"')}
${[...axes(), ...[30, 100, 300, 1000].flatMap(lineOfProduct), ...marksOf(waiters)].join("\n")}
</svg>
`;
}

function axes(): string[] {
  const grid = 'stroke="#eeeeee"';
  const style = (anchor: string) => `text-anchor="${anchor}" fill="#444444"`;
  const { left, right, top, bottom } = plot;
  return [
    ...[5, 10, 20, 50, 100, 200].flatMap((requests) => {
      const { x } = at(requests, 1);
      return [line({ x, y: top }, { x, y: bottom }, grid), text({ x, y: bottom + 18 }, requests, style("middle"))];
    }),
    ...[0.5, 1, 2, 5, 10, 20, 50, 100].flatMap((seconds) => {
      const { y } = at(10, seconds);
      return [line({ x: left, y }, { x: right, y }, grid), text({ x: left - 8, y: y + 4 }, seconds, style("end"))];
    }),
    text({ x: (left + right) / 2, y: height - 16 }, "requests for each wait, mean", style("middle")),
    `<g transform="translate(20 ${height / 2}) rotate(-90)">` +
      `${text({ x: 0, y: 0 }, "seconds from the task's end to the waiter's return, mean", style("middle"))}</g>`,
  ];
}

function lineOfProduct(product: number): string[] {
  const fewest = Math.max(requestsRange[0], product / latencyRange[1]);
  const most = Math.min(requestsRange[1], product / latencyRange[0]);
  const end = at(most, product / most);
  return [
    line(at(fewest, product / fewest), end, 'stroke="#bbbbbb" stroke-dasharray="4 4"'),
    text({ x: end.x - 4, y: end.y - 6 }, `${product} s`, 'text-anchor="end" fill="#888888" font-size="11"'),
  ];
}

function marksOf(waiters: readonly Waiter[]): string[] {
  const points = waiters.map(({ summary }) => at(summary.meanRequests, summary.meanLatencySeconds));
  const named = points.map((point, i) => ({ ...point, name: waiters[i]!.name }));
  const labels = placeLabels(named, plot.left, width - 5);
  return waiters.map(({ name, isOurs }, i) => {
    const { x, y } = points[i]!;
    const [colour, radius, weight] = isOurs ? ["#b3261e", 6, "bold"] : ["#33557f", 4.5, "normal"];
    const style = `text-anchor="${labels[i]!.anchor}" fill="${colour}" font-weight="${weight}"`;
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>${text(labels[i]!, name, style)}`;
  });
}

function line(from: Point, to: Point, style: string): string {
  return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" ${style}/>`;
}

function text({ x, y }: Point, words: string | number, style: string): string {
  return `<text x="${x}" y="${y}" ${style}>${escape(String(words))}</text>`;
}

function onScale(value: number, [from, to]: readonly [number, number], start: number, end: number): number {
  return Number((start + ((end - start) * Math.log(value / from)) / Math.log(to / from)).toFixed(1));
}

function escape(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

import { placeLabels, type Placed } from "./chartLabels";
import type { Summary } from "../waits/waits";

/** One mark: a waiter, at what it costs. */
export interface Mark {
  name: string;
  summary: Summary;
  isOurs: boolean;
}

const width = 820;
const height = 520;
const margin = { left: 70, right: 30, top: 50, bottom: 60 };

// Both axes are logarithmic, so that waiters of the same product of latency and requests lie on a straight line.
const requestsRange = [4, 600] as const;
const latencyRange = [0.3, 250] as const;
const products = [30, 100, 300, 1000];

/** Mean latency against mean requests, as SVG. */
export function chartOf(marks: readonly Mark[], caption: string): string {
  const points = marks.map(({ name, summary }) => ({
    name,
    x: x(summary.meanRequests),
    y: y(summary.meanLatencySeconds),
  }));
  const labels = placeLabels(points, { left: margin.left, right: width - 5 });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">
<title>${escape(caption)}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="${margin.left}" y="24" font-size="14" font-weight="bold" fill="#222222">${escape(caption)}</text>
${axes()}
${products.map(lineOfProduct).join("\n")}
${marks.map((mark, i) => draw(mark, labels[i]!)).join("\n")}
</svg>
`;
}

function axes(): string {
  const [left, bottom] = [margin.left, height - margin.bottom];
  const vertical = [5, 10, 20, 50, 100, 200].map(
    (requests) =>
      `<line x1="${x(requests)}" y1="${margin.top}" x2="${x(requests)}" y2="${bottom}" stroke="#eeeeee"/>` +
      `<text x="${x(requests)}" y="${bottom + 18}" text-anchor="middle" fill="#444444">${requests}</text>`,
  );
  const horizontal = [0.5, 1, 2, 5, 10, 20, 50, 100].map(
    (seconds) =>
      `<line x1="${left}" y1="${y(seconds)}" x2="${width - margin.right}" y2="${y(seconds)}" stroke="#eeeeee"/>` +
      `<text x="${left - 8}" y="${y(seconds) + 4}" text-anchor="end" fill="#444444">${seconds}</text>`,
  );
  return [
    ...vertical,
    ...horizontal,
    `<text x="${(left + width) / 2}" y="${height - 16}" text-anchor="middle" fill="#444444">requests for each wait, mean</text>`,
    `<text transform="translate(20 ${height / 2}) rotate(-90)" text-anchor="middle" fill="#444444">seconds from the task's end to the waiter's return, mean</text>`,
  ].join("\n");
}

function lineOfProduct(product: number): string {
  const fewest = Math.max(requestsRange[0], product / latencyRange[1]);
  const most = Math.min(requestsRange[1], product / latencyRange[0]);
  const [x1, y1, x2, y2] = [x(fewest), y(product / fewest), x(most), y(product / most)];
  return (
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#bbbbbb" stroke-dasharray="4 4"/>` +
    `<text x="${x2 - 4}" y="${y2 - 6}" text-anchor="end" fill="#888888" font-size="11">${product} s</text>`
  );
}

function draw({ name, summary, isOurs }: Mark, label: Placed): string {
  const [cx, cy] = [x(summary.meanRequests), y(summary.meanLatencySeconds)];
  const colour = isOurs ? "#b3261e" : "#33557f";
  return (
    `<circle cx="${cx}" cy="${cy}" r="${isOurs ? 6 : 4.5}" fill="${colour}"/>` +
    `<text x="${label.x}" y="${label.y}" text-anchor="${label.anchor}" fill="${colour}"${isOurs ? ' font-weight="bold"' : ""}>${escape(name)}</text>`
  );
}

const x = (requests: number) => onScale(requests, requestsRange, margin.left, width - margin.right);
const y = (seconds: number) => onScale(seconds, latencyRange, height - margin.bottom, margin.top);

function onScale(value: number, [from, to]: readonly [number, number], start: number, end: number): number {
  return Number((start + ((end - start) * Math.log(value / from)) / Math.log(to / from)).toFixed(1));
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

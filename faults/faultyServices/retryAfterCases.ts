import { inTurn, refusal } from "../servers/replies";
import type { FaultCase, Headers } from "./faultCase";
import { succeeds, timesOut } from "./faultCase";

const dateIn = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();

interface Form {
  name: string;
  headers: () => Headers;
  /** From the refused request to the next one. */
  pauseSeconds: [least: number, most: number];
}

// Without a usable Retry-After, the first pause is half a second, up to half of it by chance.
const usual: [number, number] = [0.24, 0.6];

const forms: Form[] = [
  { name: "a second", headers: () => ({ "Retry-After": "1" }), pauseSeconds: [0.98, 1.2] },
  { name: "no time", headers: () => ({ "Retry-After": "0" }), pauseSeconds: [0.24, 0.4] },
  // A date has whole seconds, and so has the service's own.
  { name: "a date", headers: () => ({ "Retry-After": dateIn(2) }), pauseSeconds: [0.98, 2.1] },
  { name: "a date that has passed", headers: () => ({ "Retry-After": dateIn(-90) }), pauseSeconds: [0.24, 0.4] },
  {
    name: "a date, by a service whose clock is an hour ahead",
    headers: () => ({ Date: dateIn(3600), "Retry-After": dateIn(3601) }),
    pauseSeconds: [0.98, 1.2],
  },
  { name: "nothing", headers: () => ({ "Retry-After": "" }), pauseSeconds: usual },
  { name: "a word", headers: () => ({ "Retry-After": "soon" }), pauseSeconds: usual },
  { name: "a day that does not exist", headers: () => ({ "Retry-After": "Mon, 99 Xyz 2026" }), pauseSeconds: usual },
  { name: "no header at all", headers: () => ({}), pauseSeconds: usual },
];

const honoured = forms.flatMap(({ name, headers, pauseSeconds: [least, most] }) =>
  [429, 503].map((status): FaultCase => ({
    name: `HTTP ${status} whose Retry-After is ${name}`,
    answer: (subject) => inTurn((exchange) => refusal(status, "APIGW.0308", headers())(exchange), subject.done),
    args: { timeoutSeconds: 5 },
    promised: succeeds({ notBeforeSeconds: least, withinSeconds: most + 0.3, requests: 2 }),
    and: ({ looks: [first, second] }) => {
      const pause = (second!.atMs - first!.atMs) / 1000;
      if (pause < least) throw new Error(`the next request came after ${pause} s already`);
    },
  })),
);

/** Never beyond the last look, which comes at the deadline. */
const bounded = ["60", "3600", "86400", "99999999999999999999", dateIn(3600)].map((value): FaultCase => ({
  name: `HTTP 429 whose Retry-After is ${value.endsWith("GMT") ? "an hour from now, as a date" : value}`,
  answer: () => refusal(429, "APIGW.0308", { "Retry-After": value }),
  promised: timesOut(/HTTP 429/, { withinSeconds: 2.5, requests: 2 }),
}));

const kept: FaultCase[] = [
  {
    name: "Retry-After with a task in progress",
    answer: (subject) =>
      inTurn((exchange) => {
        exchange.response.setHeader("Retry-After", "1");
        subject.pending(exchange);
      }, subject.done),
    args: { timeoutSeconds: 5 },
    promised: succeeds({ notBeforeSeconds: 0.98, withinSeconds: 1.5, requests: 2 }),
  },
];

export const retryAfterCases: FaultCase[] = [...honoured, ...bounded, ...kept];

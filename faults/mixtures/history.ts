import type { Random } from "../trials/random";

/** How a service misbehaves for a while. All of it passes. */
const faultKinds = [
  "HTTP 500",
  "a page and HTTP 502",
  "HTTP 503",
  "HTTP 408",
  "throttled",
  "throttled by 404",
  "reset",
  "hung up",
  "half a body",
  "no JSON",
  "empty",
  "silent",
  "slow",
] as const;

export type FaultKind = (typeof faultKinds)[number] | "another's";

/** Milliseconds since the wait's start. */
export interface FaultWindow {
  kind: FaultKind;
  fromMs: number;
  toMs: number;
}

const forms = ["id", "name", "quiet", "list", "resource"] as const;

/** One wait, what really becomes of its task, and when the service lies or is lost. */
export interface History {
  form: (typeof forms)[number];
  instanceId: string;
  taskId: string;
  /** Undefined: never. */
  visibleFromMs?: number;
  endsAtMs?: number;
  outcome: string;
  /** Tasks of the instance that had ended before, of the same name. */
  older: number;
  windows: FaultWindow[];
  args: {
    timeoutSeconds: number;
    appearTimeoutSeconds: number;
    minDelaySeconds: number;
    maxDelaySeconds: number;
  };
}

const outcomes = ["SUCCESS", "SUCCESS", "SUCCESS", "SUCCESS", "FAILED", "DELETED", "CANCELLED", "CANCELED"];

export function drawHistory(random: Random): History {
  const id = () => Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join("");
  const form = random.oneOf(forms);
  const isSearched = form === "id" || form === "name" || form === "resource";
  const isLate = isSearched && random.chance(30);
  const visibleFromMs = isLate ? (random.chance(20) ? undefined : random.between(0, 900)) : 0;
  const windows = Array.from({ length: random.between(0, 3) }, () => drawWindow(random, random.oneOf(faultKinds)));
  if (isSearched && !isLate && random.chance(30)) windows.push(drawWindow(random, "another's"));
  return {
    form,
    instanceId: id(),
    taskId: id(),
    visibleFromMs,
    endsAtMs: random.chance(10) ? undefined : random.between(0, 2500),
    outcome: random.oneOf(outcomes),
    older: random.oneOf([0, 0, 1, 3, 130]),
    windows,
    args: {
      timeoutSeconds: random.between(15, 45) / 10,
      appearTimeoutSeconds: random.between(10, 20) / 10,
      minDelaySeconds: random.between(1, 3) / 10,
      maxDelaySeconds: random.between(3, 10) / 10,
    },
  };
}

function drawWindow(random: Random, kind: FaultKind): FaultWindow {
  const fromMs = random.between(0, 2500);
  // Another task in place of ours for less than the time to appear: the wait must see it through.
  return { kind, fromMs, toMs: fromMs + random.between(50, kind === "another's" ? 400 : 1200) };
}

import type { Kind, Size, StartedKind, Trial } from "./trial";

/** What came of a kind's trials. */
export interface Outcome {
  kind: Kind["name"];
  held: number;
  tried: number;
  figures: Record<string, number>;
}

/**
 * Runs the trials of a kind, some at a time; what did not hold is told with the command that tries it again.
 *
 * @param only The name of the one trial to run. Default: all.
 */
export async function runTrials(
  kind: Kind,
  size: Size,
  only: string | undefined,
  say: (line: string) => void,
): Promise<Outcome> {
  const started = await kind.start(size);
  try {
    const trials = only === undefined ? started.trials : started.trials.filter(({ name }) => name === only);
    refuseAmbiguousNames(kind, trials);
    const progress = progressOf(kind.name, trials.length, say);
    let held = 0;
    const waiting = trials.values();
    const runNext = async () => {
      for (const trial of waiting) {
        const fault = await faultOf(trial, kind.atMostSeconds);
        if (fault === undefined) held++;
        else say(`${kind.name}: ${trial.name} did not hold: ${fault}\n  Again: ${commandFor(kind, trial, size)}`);
        progress.ran();
      }
    };
    await Promise.all(Array.from({ length: kind.concurrency }, runNext));
    say(`${kind.name}: ${held} of ${trials.length} held.`);
    return { kind: kind.name, held, tried: trials.length, figures: figuresOf(started) };
  } finally {
    await started.close();
  }
}

function figuresOf(started: StartedKind): Record<string, number> {
  return started.figures?.() ?? {};
}

async function faultOf(trial: Trial, atMostSeconds: number): Promise<string | undefined> {
  const abort = new AbortController();
  const timeout = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`it had not ended after ${atMostSeconds} s`));
      abort.abort();
    }, atMostSeconds * 1000);
    abort.signal.addEventListener("abort", () => clearTimeout(timer));
  });
  try {
    await Promise.race([trial.run(abort.signal), timeout]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    abort.abort();
  }
}

function commandFor(kind: Kind, trial: Trial, { seed, quick }: Size): string {
  const size = quick ? ["--quick"] : [];
  const name = `"${trial.name.replaceAll(/["\\$`]/g, "\\$&")}"`;
  return ["npm run faults --", ...size, "--seed", seed, "--only", kind.name, "--trial", name].join(" ");
}

function refuseAmbiguousNames(kind: Kind, trials: Trial[]): void {
  const names = new Set<string>();
  for (const { name } of trials) {
    if (names.has(name)) throw new Error(`two trials of ${kind.name} have the name ${name}`);
    names.add(name);
  }
}

/** A line for each tenth of the trials. */
function progressOf(name: string, count: number, say: (line: string) => void) {
  let ran = 0;
  return {
    ran() {
      ran++;
      const tenths = (n: number) => Math.floor((10 * n) / count);
      if (ran < count && tenths(ran) > tenths(ran - 1)) say(`${name}: ${ran} of ${count}`);
    },
  };
}

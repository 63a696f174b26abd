/** What to expect of a task's duration, from what is known of similar tasks. */
export interface Forecast {
  /** What the forecast is based on, for a line of the log. */
  basis: string;
  /** Whether anything is known at all. */
  isInformed: boolean;
  /**
   * How likely a task that has come to this age is to end about now: the chance per unit of the age's natural
   * logarithm, so that 0.1 means one in ten while the age grows by a factor of e.
   */
  hazard(ageMs: number): number;
}

// Nothing known: a task is as likely to end between 1 and 2 s as between 10 and 20 min.
const uninformedHazard = 0.2;

// One time in a hundred the forecast is assumed to be wrong: the task fails, or has ten times as much to do as similar
// tasks. That costs little before the task is due; a task that is long overdue is soon treated as such a task.
const chanceOfSurprise = 0.01;

// Runs of one name scatter in proportion to their length, so all of this is done with logarithms: a spread of 0.35 is
// about 35 % either way. The prior spread counts as much as two runs.
const priorSpread = 0.35;
const priorRuns = 2;

// A few runs that happen to agree, or very many, are not trusted beyond this.
const smallestSpread = 0.15;

// A documented duration is one sample, or a round number.
const typicalSpread = 0.5;

const longestDurationMs = 7 * 24 * 60 * 60 * 1000;

/**
 * The forecast from the durations of finished runs of the same name on the same instance; without any, from the name's
 * typical duration. A single run replaces that one. Durations that make no sense are ignored.
 */
export function forecastFrom(pastDurationsMs: readonly number[], typicalMs?: number): Forecast {
  const runs = pastDurationsMs.filter(isSane).map(Math.log);
  if (runs.length > 0) {
    const mean = runs.reduce((sum, run) => sum + run, 0) / runs.length;
    const scatter = runs.reduce((sum, run) => sum + (run - mean) ** 2, priorRuns * priorSpread ** 2);
    const variance = (scatter / (priorRuns + runs.length - 1)) * (1 + 1 / runs.length);
    return around(mean, Math.sqrt(variance), runs.length === 1 ? "1 past run" : `${runs.length} past runs`);
  }
  if (typicalMs !== undefined && isSane(typicalMs)) {
    return around(Math.log(typicalMs), typicalSpread, "the name's typical duration");
  }
  return { basis: "nothing known of its duration", isInformed: false, hazard: () => uninformedHazard };
}

function isSane(durationMs: number): boolean {
  return durationMs > 0 && durationMs <= longestDurationMs;
}

/**
 * A log-logistic distribution: shaped like the log-normal, with the heavier tails that a forecast from few runs needs, and
 * with a hazard that needs no table.
 */
function around(logMedian: number, givenSpread: number, source: string): Forecast {
  const spread = Math.max(givenSpread, smallestSpread);
  const scale = (spread * Math.sqrt(3)) / Math.PI;
  const seconds = Number((Math.exp(logMedian) / 1000).toPrecision(2));
  return {
    basis: `${source}, ${seconds} s give or take ${Math.round(spread * 100)} %`,
    isInformed: true,
    hazard: (ageMs) => {
      const alive = 1 / (1 + Math.exp((Math.log(ageMs) - logMedian) / scale));
      const ending = (alive * (1 - alive)) / scale;
      const expected = 1 - chanceOfSurprise;
      return (expected * ending + chanceOfSurprise * uninformedHazard) / (expected * alive + chanceOfSurprise);
    },
  };
}

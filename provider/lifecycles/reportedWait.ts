import { systemClock } from "../clock/clock";
import { endWithEngine, rowOf } from "./engineLink";
import { ProgressReport } from "../wait/progressReport";
import { isWatched } from "../wait/terminal";

/** A wait in the provider process: told of on the resource's row, and ended soon after the engine is gone. */
export async function reportedWait<T>(
  resourceUrn: string | undefined,
  wait: (report: ProgressReport) => Promise<T>,
): Promise<T> {
  const report = new ProgressReport(rowOf(resourceUrn), isWatched(), systemClock);
  endWithEngine();
  try {
    return await wait(report);
  } finally {
    report.stop();
  }
}

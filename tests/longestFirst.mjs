// The order of test files. Those that take longest go first, or one of them would run alone at the end. Jest itself goes
// by the last run's durations, which a fresh clone does not have, and then by size.
import Sequencer from "@jest/test-sequencer";

/** From the longest on, as `npm test` prints it. */
const longest = [
  "unit/provider/wait/randomHistories",
  "unit/provider/schedule/schedule",
  "unit/emulator/startAndClose",
  "engine/packed",
  "engine/examples/settle",
  "process/providerProcess",
  "engine/examples/bindPublicIp",
  "engine/failure",
  "engine/getQuietInstance",
  "engine/recordDeletionFailure",
  "process/settingsGrid",
  "engine/examples/settleFailure",
  "engine/lifecycle",
  "engine/recordDeletion",
  "engine/barrier",
].map((name) => `/tests/${name}.test.ts`);

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => longest.findIndex((name) => path.replaceAll("\\", "/").endsWith(name));
    const first = tests.filter((test) => rank(test) >= 0).sort((a, b) => rank(a) - rank(b));
    return [...first, ...super.sort(tests.filter((test) => rank(test) < 0))];
  }
}

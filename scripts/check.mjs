// `npm run check`: what one runs before each commit, in a minute or so. Format, lint, types and unit tests, side by side.
import { runChecks } from "./checks.mjs";
import { runJest, saySlowest, unitTests } from "./jestRuns.mjs";
import { repositoryRoot } from "./stamps.mjs";
import { finish, say, setUp } from "./steps.mjs";

process.chdir(repositoryRoot);
if (!(await setUp())) finish(0, 1);
const [failedChecks, unit] = await Promise.all([runChecks(), runJest(unitTests, process.argv.slice(2))]);
saySlowest(unit.files);
if (failedChecks.length > 0) say(`Failed, see above: ${failedChecks.join(", ")}.`);
finish(unit.passed, unit.failed + failedChecks.length);

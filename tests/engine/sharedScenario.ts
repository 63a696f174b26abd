import { inScenario, type Scenario } from "./scenario";

/**
 * One scenario for all tests of a file or of a `describe`, begun before the first and removed after the last, for tests
 * that go on with what the ones before left. `begin` makes what all of them need; no test runs if it fails.
 */
export function sharedScenario(
  options: Parameters<typeof inScenario>[0],
  begin: (scenario: Scenario) => Promise<void> = () => Promise.resolve(),
): () => Scenario {
  let shared: Scenario | undefined;
  let removed = Promise.resolve();
  let remove = (): void => undefined;

  beforeAll(async () => {
    const over = new Promise<void>((resolve) => (remove = resolve));
    await new Promise<void>((begun, failed) => {
      removed = inScenario(options, async (scenario) => {
        shared = scenario;
        await begin(scenario);
        begun();
        await over;
      });
      removed.catch(failed);
    });
  });
  afterAll(() => {
    remove();
    return removed;
  });

  return () => shared!;
}

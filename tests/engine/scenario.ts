export * from "./stackScenario";

// Each test runs the real CLI several times, some two seconds a time beyond the work itself.
jest.setTimeout(300_000);

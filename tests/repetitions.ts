/**
 * How often a test runs that shows that something holds each time: once, or as often as `npm test -- --repeat 5` asks,
 * which sets TEST_REPEAT.
 */
export const repetitions = Number(process.env["TEST_REPEAT"] ?? 1);

/** The numbers of those runs, from 1. */
export const runs = Array.from({ length: repetitions }, (_, i) => i + 1);

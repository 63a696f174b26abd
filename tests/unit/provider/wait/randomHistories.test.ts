import fc from "fast-check";
import { type Emulator, startEmulator } from "../../../../emulator";
import { type Clock, systemClock } from "../../../../provider/clock/clock";
import { identityFor } from "../../../../provider/identity/identities";
import { TaskNotFoundError } from "../../../../provider/task/errors";
import { findTask } from "../../../../provider/wait/search";
import { readSettings } from "../../../../provider/settings/settings";
import { listTasksWith } from "../../../../provider/service/taskList";

jest.setTimeout(300_000);

const histories = 1000;
const seed = Number(process.env["HISTORIES_SEED"] ?? Date.now() % 1_000_000_007);
const name = "bindInstancePublicIp";
// Longer than any run takes to begin and to be listed.
const appearTimeoutMs = 30_000;

/** A run of a name; times in milliseconds since the wait's start. */
const run = (beganMs: fc.Arbitrary<number>, names: fc.Arbitrary<string>) =>
  fc.record({
    name: names,
    beganMs,
    listedAfterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8000 })),
    status: fc.constantFrom("EXECUTING", "SUCCESS", "FAILED", "CANCELLED"),
  });
const dayMs = 86_400_000;
const before = fc.oneof(fc.integer({ min: -3000, max: -1 }), fc.integer({ min: -dayMs, max: -1 }));
const after = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 10_000 }));

const history = fc.record({
  aheadMs: fc.oneof(
    fc.constantFrom(0, 300, -300, 1000, -1000, 7_200_000, -7_200_000),
    fc.integer({ min: -40_000_000, max: 40_000_000 }),
  ),
  /** Where in a second of our clock the wait starts. */
  phaseMs: fc.integer({ min: 0, max: 999 }),
  /** From the wait's start to its first look. */
  delayMs: fc.integer({ min: 0, max: 5000 }),
  roundTripMs: fc.integer({ min: 2, max: 400 }),
  chance: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  old: fc.array(run(before, fc.constant(name)), { maxLength: 4 }),
  fresh: fc.array(run(after, fc.constant(name)), { maxLength: 3 }),
  /** Others of the instance fill pages, and move them when they begin between two requests. */
  others: fc.oneof(
    fc.array(run(fc.oneof(before, after), fc.constant("restart")), { maxLength: 5 }),
    fc.array(run(fc.oneof(before, after), fc.constant("restart")), { minLength: 95, maxLength: 130 }),
  ),
});

/** The time of both, the service and its client: what takes time moves it. */
class SharedTime implements Clock {
  ms = Date.UTC(2026, 0, 1);
  chance = 0;
  nowMs = () => this.ms;
  epochMs = () => this.ms;
  random = () => this.chance;
  sleep = async (ms: number) => void (this.ms += ms);
}

describe("a search by name through the real client and a service of random history", () => {
  const time = new SharedTime();
  let emulator: Emulator;
  let roundTripMs = 0;

  beforeAll(async () => {
    // Half of a round trip lies before the answer, half of it behind.
    const log = () => (time.ms += roundTripMs / 2);
    emulator = await startEmulator({ now: () => time.ms, log, listPaging: "start" });
    jest.spyOn(Date, "now").mockImplementation(() => time.ms);
    // What times each exchange, and so the offset between the clocks.
    jest.spyOn(systemClock, "epochMs").mockImplementation(() => time.ms);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await emulator.close();
  });

  it(`takes no wrong task in ${histories} of them, and misses none but for the clocks' uncertainty`, async () => {
    let [found, close] = [0, 0];
    for (const sample of fc.sample(history, { numRuns: histories, seed })) {
      const outcome = await play(sample);
      found += outcome === "found" ? 1 : 0;
      close += outcome === "too close to tell" ? 1 : 0;
    }
    process.stdout.write(
      `${histories} random histories, seed ${seed}: ${found} found, ${close} too close to the start to tell, ` +
        `${histories - found - close} without such a task\n`,
    );
    expect(found).toBeGreaterThan(histories / 2);
  });

  async function play(sample: typeof history extends fc.Arbitrary<infer T> ? T : never): Promise<string> {
    const { aheadMs, phaseMs, delayMs, chance, old, fresh, others } = sample;
    emulator.configure({ clockSkewSeconds: aheadMs / 1000 });
    const instanceId = emulator.addInstance();
    time.ms = Math.ceil(time.ms / 1000) * 1000 + 2 * dayMs + phaseMs;
    time.chance = chance;
    roundTripMs = sample.roundTripMs;
    const startedAtMs = time.ms;
    const runs = [...old, ...fresh, ...others].map((one) => {
      const createdAt = new Date(startedAtMs + aheadMs + one.beganMs).toISOString();
      const { taskId } = emulator.addTask({
        name: one.name,
        instanceId,
        createdAt,
        visibleAfterSeconds: one.listedAfterMs / 1000,
        progress: [{ status: one.status }],
      });
      return { ...one, taskId };
    });
    const ours = runs.filter((one) => one.name === name);
    time.ms += delayMs;

    const search = await findTask({
      listTasks: listTasksWith(identityFor(readSettings({}, () => undefined, emulator.env)), "kafka"),
      subject: { instanceId, name },
      start: { localMs: startedAtMs },
      options: { wait: true, timeoutMs: 600_000, appearTimeoutMs, minDelayMs: 500, maxDelayMs: 10_000 },
      clock: time,
    });
    const outcome = search.state === "finished" ? search.result.task.taskId : search.cause;
    runs.forEach(({ taskId }) => emulator.removeTask(taskId));

    if (typeof outcome === "string") {
      const taken = ours.find(({ taskId }) => taskId === outcome);
      if (!taken || taken.beganMs < 0) {
        throw new Error(`wrong: ${JSON.stringify({ seed, sample, taken })}`);
      }
      return "found";
    }
    expect(outcome).toBeInstanceOf(TaskNotFoundError);
    const missed = ours.filter((one) => one.beganMs >= 0);
    if (missed.length === 0) {
      return "no such task";
    }
    // What was there and not taken must be so close to the start that the error says it cannot tell.
    const withinMs = Number(/known to within (\d+) ms/.exec(outcome.message)?.[1] ?? NaN);
    const areClose = missed.every((one) => one.beganMs <= withinMs);
    if (!areClose) {
      throw new Error(`missed: ${JSON.stringify({ seed, sample, message: outcome.message })}`);
    }
    return "too close to tell";
  }
});

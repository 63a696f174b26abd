import { type Turn, Turns } from "../../../../provider/identity/turns";
import { settled, SteppedClock } from "../clock/steppedClock";

/** Notes for how long somebody wanted to sleep. */
class NotingClock extends SteppedClock {
  readonly sleeps: number[] = [];

  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    return super.sleep(ms, signal);
  }
}

function lineOf(most: number, unansweredMs = 2000) {
  const clock = new NotingClock();
  const turns = new Turns(() => most, unansweredMs, clock);
  const taken: string[] = [];
  const take = async (name: string): Promise<Turn | undefined> => {
    let turn: Turn | undefined;
    void turns.take({ timeoutMs: 60_000 }, false).then((own) => {
      turn = own;
      taken.push(name);
    });
    await settled();
    return turn;
  };
  return { clock, turns, taken, take };
}

it("the line moves on when the first of those without an answer no longer counts", async () => {
  const { clock, turns, taken, take } = lineOf(2);
  turns.begin((await take("a"))!);
  await clock.pass(1000);
  turns.begin((await take("b"))!);
  await take("c");
  await clock.pass(999);
  expect(taken).toEqual(["a", "b"]);
  await clock.pass(1);
  expect(taken).toEqual(["a", "b", "c"]);
});

it("a request that may no longer be sent does not count", async () => {
  const { clock, turns, taken, take } = lineOf(1);
  const late = (await take("late"))!;
  await clock.pass(100);
  const other = (await take("other"))!;
  expect(turns.begin(other)).toBe(true);
  expect(turns.begin(late)).toBe(false);
  await take("next");
  expect(taken).toEqual(["late", "other"]);
  turns.end(other);
  await settled();
  expect(taken).toEqual(["late", "other", "next"]);
});

it("no time is waited for while nobody is in the line", async () => {
  const { clock, turns, take } = lineOf(1);
  const turn = (await take("a"))!;
  turns.begin(turn);
  turns.end(turn);
  expect(clock.sleeps).toEqual([]);
});

it("no time is waited for where requests count until they have their answer", async () => {
  const { clock, turns, taken, take } = lineOf(1, Infinity);
  const turn = (await take("a"))!;
  turns.begin(turn);
  await take("b");
  expect(clock.sleeps).toEqual([]);
  expect(taken).toEqual(["a"]);
  turns.end(turn);
  await settled();
  expect(taken).toEqual(["a", "b"]);
});

import * as pulumi from "@pulumi/pulumi";
import * as exported from "../../../provider";
import { isInstanceBusy } from "../../../provider";
import { makeSleepsQuick } from "../provider/lifecycles/quickClock";
import { endCloud, startCloud } from "../provider/programsCloud";
import { messagesOfPrograms } from "./messagesOfPrograms";
import { messagesOfRequests } from "./messagesOfRequests";
import { messagesOfTasks } from "./messagesOfTasks";
import { errorFrom } from "./producedMessage";
import { entries, isQuotedBy, listed } from "./troubleshootingPage";

// docs/troubleshooting.md quotes what the code says: each message here comes out of the code that users run.

const messages = [...messagesOfTasks, ...messagesOfRequests, ...messagesOfPrograms];

/** What the code ends with, in the order of the messages. */
const errors: Error[] = [];
beforeAll(async () => {
  for (const [, , produce] of messages) {
    const cloud = await startCloud();
    jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
    if (messagesOfTasks.some((row) => row[2] === produce)) {
      makeSleepsQuick();
    }
    errors.push(await errorFrom(() => produce(cloud)));
    await endCloud();
  }
});

const errorClasses = Object.entries(exported)
  .filter(([, value]) => typeof value === "function" && value.prototype instanceof Error)
  .map(([name]) => name);
const entryOf = (heading: string) => entries.find((entry) => entry.heading === heading);
const producedFor = (heading: string) => errors.filter((_, i) => messages[i]![0] === heading);

it.each(messages.map(([heading, what], i) => [heading, what, i] as const))(
  "the entry %s quotes the message about %s",
  (heading, _what, i) => {
    const error = errors[i]!;
    if (errorClasses.includes(heading)) {
      expect(error.constructor.name).toBe(heading);
    }
    expect(entryOf(heading)?.quotes.filter((quote) => isQuotedBy(quote, error.message)) ?? []).not.toEqual([]);
  },
);

it.each(errorClasses)("there is an entry for %s, which users can meet", (name) => {
  expect(entryOf(name)?.quotes ?? []).not.toEqual([]);
  expect(producedFor(name)).not.toEqual([]);
});

it("no entry quotes a message that nobody meets", () => {
  const unmet = entries.flatMap(({ heading, quotes }) =>
    quotes.filter(
      (quote) => !isInstanceBusy(quote) && !producedFor(heading).some(({ message }) => isQuotedBy(quote, message)),
    ),
  );
  expect(unmet).toEqual([]);
});

it("the list's rows link to the entries that have these words", () => {
  expect(listed.length).toBeGreaterThan(30);
  const misled = listed.filter(({ words, heading }) => {
    const texts = [entryOf(heading)?.text ?? "", ...producedFor(heading).map(({ message }) => message)];
    return !words.every((word) => texts.some((text) => text.includes(word)));
  });
  expect(misled).toEqual([]);
});

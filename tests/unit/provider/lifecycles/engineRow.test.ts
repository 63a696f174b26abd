import type * as Link from "../../../../provider/lifecycles/engineLink";
import { ListeningEngine } from "../../../process/listeningEngine";

// The engine's address is the first argument of a provider process, read when the file is loaded.
const given = process.argv[2];
const engine = new ListeningEngine();
let link: typeof Link;
beforeAll(async () => {
  process.argv[2] = await engine.listen();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded once the address is known
  link = require("../../../../provider/lifecycles/engineLink") as typeof Link;
});
afterAll(() => {
  if (given === undefined) process.argv.splice(2, 1);
  else process.argv[2] = given;
  engine.close();
});

const taken = async (count: number) => {
  while (engine.messages.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  return engine.messages.splice(0);
};

describe("a resource's row", () => {
  it("shows each message with its severity, and only progress for as long as it lasts", async () => {
    const row = link.rowOfResource("urn:bound");
    row.show("half done");
    row.keep("found");
    row.warn("unknown status");
    row.debug("a request");
    const urn = "urn:bound";
    const messages = await taken(4);
    expect(messages).toHaveLength(4);
    expect(messages).toEqual(
      expect.arrayContaining([
        { urn, severity: "info", isEphemeral: true, message: "half done" },
        { urn, severity: "info", isEphemeral: false, message: "found" },
        { urn, severity: "warning", isEphemeral: false, message: "unknown status" },
        { urn, severity: "debug", isEphemeral: false, message: "a request" },
      ]),
    );
  });

  it("gets no message of a resource without a URN", async () => {
    link.rowOfResource(undefined).warn("to nobody");
    link.rowOfResource("urn:other").warn("to somebody");
    expect(await taken(1)).toEqual([expect.objectContaining({ urn: "urn:other" })]);
  });
});

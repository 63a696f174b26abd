import type * as Link from "../../../../provider/lifecycles/engineLink";
import { inProcessOf } from "./listeningProcess";

const { engine, loaded } = inProcessOf(
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded once the address is known
  () => require("../../../../provider/lifecycles/engineLink") as typeof Link,
);

describe("a resource's row", () => {
  it("shows each message in its order and with its severity, and only progress for as long as it lasts", async () => {
    const row = loaded().rowOfResource("urn:bound");
    void row.show("half done");
    void row.keep("found");
    void row.warn("unknown status");
    await row.debug("a request");
    const urn = "urn:bound";
    expect(engine.messages.splice(0)).toEqual([
      { urn, severity: "info", isEphemeral: true, message: "half done" },
      { urn, severity: "info", isEphemeral: false, message: "found" },
      { urn, severity: "warning", isEphemeral: false, message: "unknown status" },
      { urn, severity: "debug", isEphemeral: false, message: "a request" },
    ]);
  });

  it("gets no message of a resource without a URN", async () => {
    await loaded().rowOfResource(undefined).warn("to nobody");
    await loaded().rowOfResource("urn:other").warn("to somebody");
    expect(engine.messages.splice(0)).toEqual([expect.objectContaining({ urn: "urn:other" })]);
  });
});

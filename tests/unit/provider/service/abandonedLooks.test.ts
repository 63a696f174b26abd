import { once } from "node:events";
import { identityFor } from "../../../../provider/identity/identities";
import { sharedLookWith } from "../../../../provider/service/sharedLooks";
import { silentServer } from "../http/silentServer";

const { endpoint, nextRequest } = silentServer();

const identity = () =>
  identityFor({
    credentials: { method: "token", token: "given-token-of-this-test" },
    authUrl: `${endpoint()}/v3`,
    authUrlIsSet: true,
    project: { id: "p" },
    endpoints: { dms: endpoint() },
  });

describe("a shared look at a service that does not answer", () => {
  it("is ended when the last who waited for it gives up, and not before", async () => {
    const show = sharedLookWith(identity(), "kafka", "instance");
    const waits = ["a", "b"].map((taskId) => {
      const abort = new AbortController();
      const bounds = { timeoutMs: 60_000, signal: abort.signal };
      return { abort, reply: show({ instanceId: "instance", taskId }, bounds) };
    });
    const request = await nextRequest();
    const isOpen = () => !request.socket.destroyed;
    waits[0]!.abort.abort(new Error("enough"));
    await expect(waits[0]!.reply).rejects.toThrow("enough");
    await new Promise(setImmediate);
    expect(isOpen()).toBe(true);
    const closed = once(request.socket, "close");
    waits[1]!.abort.abort(new Error("enough"));
    await expect(waits[1]!.reply).rejects.toThrow("enough");
    await closed;
  });

  it("holds up no later one once it was given up", async () => {
    const show = sharedLookWith(identity(), "kafka", "other");
    for (let i = 0; i < 2; i++) {
      const abort = new AbortController();
      const reply = show({ instanceId: "other", taskId: "a" }, { timeoutMs: 60_000, signal: abort.signal });
      const closed = once((await nextRequest()).socket, "close");
      abort.abort(new Error("enough"));
      await expect(reply).rejects.toThrow("enough");
      await closed;
    }
  });
});

import { once } from "node:events";
import { identityFor } from "../../../../provider/identity/identities";
import type { Credentials } from "../../../../provider/settings/credentialSettings";
import { silentServer } from "../http/silentServer";

const { endpoint, nextRequest } = silentServer();

const token: Credentials = { method: "token", token: "given-token-of-this-test" };
const password: Credentials = { method: "password", user: { id: "user" }, password: "password-of-this-test" };

describe("an IAM that does not answer", () => {
  it.each([
    ["a login", password, { id: "p" }, "/v3/auth/tokens"],
    ["the search for a project", token, { name: "eu-de" }, "/v3/projects?name=eu-de"],
    ["the catalog", token, { id: "p" }, "/v3/auth/catalog"],
  ] as const)(
    "is asked no longer for %s when nobody waits for it, and is asked anew",
    async (_what, credentials, project, path) => {
      const identity = identityFor({
        credentials,
        authUrl: `${endpoint()}/v3`,
        authUrlIsSet: true,
        project,
        endpoints: {},
      });
      for (let i = 0; i < 2; i++) {
        const abort = new AbortController();
        const request = { api: "dms", method: "GET", path: () => "/tasks" } as const;
        const reply = identity.send(request, { timeoutMs: 60_000, signal: abort.signal });
        const asked = await nextRequest();
        expect(asked.url).toBe(path);
        const closed = once(asked.socket, "close");
        abort.abort(new Error("enough"));
        await expect(reply).rejects.toThrow("enough");
        await closed;
      }
    },
  );
});

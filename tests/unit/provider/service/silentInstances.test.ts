import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { identityFor } from "../../../../provider/identity/identities";
import type { Credentials } from "../../../../provider/settings/credentialSettings";
import { deleteRecordWith, listPageWith, showJobWith, showTaskWith } from "../../../../provider/service/client";

let server: http.Server;
let endpoint: string;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = http.createServer((request, response) => {
    asked.push(request.url!);
    const project = { id: "p", name: "eu-de_p" };
    if (request.url!.endsWith("/auth/tokens")) {
      response.writeHead(201, { "X-Subject-Token": "issued-token-of-this-test" });
      response.end(JSON.stringify({ token: { expires_at: "2999-01-01T00:00:00.000000Z", project } }));
    } else if (!request.url!.includes("silent")) {
      response.end(JSON.stringify({ tasks: [{ id: "t", status: "SUCCESS" }] }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const token: Credentials = { method: "token", token: "given-token-of-this-test" };
const password: Credentials = {
  method: "password",
  user: { id: "user" },
  password: "password-of-this-test",
};

describe("sixteen instances that do not answer", () => {
  it.each([token, password])("hold up no other, and have one connection each ($method)", async (credentials) => {
    const identity = identityFor({
      credentials,
      authUrl: `${endpoint}/v3`,
      authUrlIsSet: true,
      project: { id: "p" },
      endpoints: { dms: endpoint, dcs: endpoint },
    });
    const show = (instanceId: string, bounds: { timeoutMs: number; signal?: AbortSignal }) =>
      showTaskWith(identity, "kafka")({ instanceId, taskId: "t" }, bounds);
    await show("healthy", { timeoutMs: 5000 });

    const abort = new AbortController();
    const bounds = { timeoutMs: 60_000, signal: abort.signal };
    const page = { skip: 0, limit: 100, paging: "offset" as const };
    const silent = Array.from({ length: 16 }, (_, i) => `silent-${credentials.method}-${i}`).flatMap((instanceId) => [
      show(instanceId, bounds),
      listPageWith(identity, "kafka")({ instanceId, ...page }, bounds),
      showJobWith(identity, "dcs")({ instanceId, taskId: "silent-job" }, bounds),
      deleteRecordWith(identity, "kafka")({ instanceId, taskId: "t" }, bounds),
    ]);
    await expect(show("healthy", { timeoutMs: 5000 })).resolves.toMatchObject({ task: { status: "SUCCESS" } });
    expect(asked.filter((path) => path.includes("silent")).length).toBeLessThanOrEqual(16);
    abort.abort(new Error("enough"));
    await Promise.allSettled(silent);
  });
});

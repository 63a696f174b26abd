import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { identityFor } from "../../../../provider/identity/identities";
import { readSettings } from "../../../../provider/settings/settings";

let server: http.Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe("a region", () => {
  const place = { projectId: "project", endpoint: "https://dms.example.com" };
  const readIn = (more: object, env: { [name: string]: string }) =>
    readSettings({ ...place, ...more }, () => undefined, env, { cwd: "/nowhere", home: "/nowhere" });

  it.each([
    ["a token", { OS_TOKEN: "token" }],
    ["an access key", { OS_ACCESS_KEY: "access", OS_SECRET_KEY: "secret" }],
  ])("is not needed with %s, projectId and endpoint: nothing is asked of IAM", async (_what, credentials) => {
    const asked: string[] = [];
    const listening = (server = http.createServer((request, response) => {
      asked.push(request.url!);
      response.end("{}");
    }));
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    const settings = readIn({ endpoint }, credentials);
    expect(settings).toMatchObject({ region: undefined, authUrlIsSet: false });
    const path = (projectId: string) => `/v2/${projectId}/instances`;
    await identityFor(settings).send({ api: "dms", method: "GET", path }, { timeoutMs: 5000 });
    expect(asked).toEqual(["/v2/project/instances"]);
  });

  it("is needed where something has to be asked of IAM, or an address to be found", () => {
    const password = { OS_USER_ID: "user", OS_PASSWORD: "password" };
    const agency = { OS_AGENCY_NAME: "agency", OS_AGENCY_DOMAIN_NAME: "domain" };
    expect(() => readIn({}, password)).toThrow("no region is set");
    expect(() => readIn({}, { OS_TOKEN: "token", ...agency })).toThrow("no region is set");
    expect(() => readIn({ endpoint: undefined }, { OS_TOKEN: "token" })).toThrow("no region is set");
  });

  it("is needed by an API whose address is not set beside the other's", async () => {
    const env = { OS_TOKEN: "token", OS_DMS_ENDPOINT_OVERRIDE: "https://dms.example.com" };
    const settings = readIn({ endpoint: undefined }, env);
    const asked = identityFor(settings).send({ api: "dcs", method: "GET", path: () => "/" }, { timeoutMs: 5000 });
    await expect(asked).rejects.toThrow(/no region is set to derive it from: set .*OS_DCS_ENDPOINT_OVERRIDE/);
  });
});

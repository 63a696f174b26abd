import dns from "node:dns";
import { type Emulator, startEmulator } from "../../../../emulator";
import { identityFor } from "../../../../provider/identity/identities";
import { readSettings } from "../../../../provider/settings/settings";

let emulator: Emulator;
beforeEach(async () => (emulator = await startEmulator()));
afterEach(() => emulator.close());

const read = (env: { [name: string]: string }, config: { [key: string]: string } = {}, place = {}) =>
  readSettings(place, (key) => config[key.replace(/^opentelekomcloud:/, "")], env, {
    cwd: "/nowhere",
    home: "/nowhere",
  });

const request = { api: "dms", method: "GET", path: (projectId: string) => `/v2/${projectId}/instances` } as const;

it("the same settings are one identity, wherever they were found", () => {
  const { env, region, projectId } = emulator;
  const identity = identityFor(read(env));
  expect(identityFor(read(env, { region }))).toBe(identity);
  expect(identityFor(read(env, {}, { projectId, region }))).toBe(identity);
  expect(identityFor(read(env, {}, { projectId: "0".repeat(32) }))).not.toBe(identity);
});

it("a setting may allow a request more time than is usual, but no more than is left", async () => {
  const send = (bounds: { timeoutMs: number; mostMs?: number }) =>
    identityFor(read({ ...emulator.env, OS_REQUEST_TIMEOUT: "20" })).send(request, bounds);
  await send({ timeoutMs: 1000 });
  emulator.replyNext({ route: "listInstances", delaySeconds: 0.3 });
  await expect(send({ timeoutMs: 100, mostMs: 5000 })).resolves.toMatchObject({ reply: { httpStatus: 200 } });
  emulator.replyNext({ route: "listInstances", delaySeconds: 30 });
  await expect(send({ timeoutMs: 100, mostMs: 200 })).rejects.toThrow(/did not answer within 0\.[12]\d* s/);
});

it.each([
  ["internal", "https://dms-internal.example.com"],
  ["publicURL", "https://dms.example.com"],
])("the catalog's endpoint is the one of the type %s", async (OS_ENDPOINT_TYPE, origin) => {
  const { env, region, accessKey, secretKey } = emulator;
  const endpoint = (kind: string, url: string) => ({ interface: kind, region, url });
  const endpoints = [
    endpoint("internal", "https://dms-internal.example.com/v2/p"),
    endpoint("public", "https://dms.example.com/v2/p"),
  ];
  emulator.replyNext({ route: "showCatalog", status: 200, body: { catalog: [{ type: "dmsv2", endpoints }] } });
  const settings = read({
    ...env,
    OS_USERNAME: "",
    OS_PASSWORD: "",
    OS_ACCESS_KEY: accessKey,
    OS_SECRET_KEY: secretKey,
    OS_ENDPOINT_TYPE,
  });
  // Nobody listens there: where the request was to go is in the error.
  process.env["HTTPS_PROXY"] = "http://127.0.0.1:9";
  await expect(identityFor(settings).send(request, { timeoutMs: 5000 })).rejects.toThrow(`GET ${origin}/v2/`);
  delete process.env["HTTPS_PROXY"];
});

it.each<[string, { [name: string]: string }, (region: string, project: string) => string]>([
  ["and a region", {}, (region, project) => `region ${region}, project ${project}`],
  ["without a region", { OS_REGION_NAME: "" }, (_region, project) => `project ${project}`],
])(
  "a host of the catalog that does not exist is said to be from there, for a project %s",
  async (what, others, scope) => {
    const { env, region, projectId, accessKey, secretKey } = emulator;
    const keys = { OS_USERNAME: "", OS_PASSWORD: "", OS_ACCESS_KEY: accessKey, OS_SECRET_KEY: secretKey };
    const project = { OS_PROJECT_NAME: "", OS_PROJECT_ID: projectId };
    const host = `dms.${what.replaceAll(" ", "-")}.test`;
    const endpoints = [{ interface: "public", region, url: `https://${host}/v2/p` }];
    emulator.replyNext({ route: "showCatalog", status: 200, body: { catalog: [{ type: "dmsv2", endpoints }] } });
    jest
      .spyOn(dns, "lookup")
      .mockImplementation(((name: string, _options: unknown, callback: (e: Error) => void) =>
        process.nextTick(
          callback,
          Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" }),
        )) as never);
    try {
      const identity = identityFor(read({ ...env, ...keys, ...project, ...others }));
      await expect(identity.send(request, { timeoutMs: 5000 })).rejects.toThrow(
        `because the host ${host} is unknown (ENOTFOUND): check the address in the service catalog (${scope(region, projectId)})`,
      );
    } finally {
      jest.restoreAllMocks();
    }
  },
);

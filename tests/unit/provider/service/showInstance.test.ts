import { type Emulator, type Engine, startEmulator } from "../../../../emulator";
import { identityFor } from "../../../../provider/identity/identities";
import { showInstanceWith } from "../../../../provider/service/client";
import { readSettings } from "../../../../provider/settings/settings";
import {
  BadResponseError,
  RequestRefusedError,
  TransientError,
  WrongEndpointError,
} from "../../../../provider/task/errors";
import { bounds, failure, identity, subject } from "./answeringIdentity";

const { instanceId } = subject;

function look(httpStatus: number, body: unknown, service: "kafka" | "dcs" = "kafka") {
  const { sender, urls } = identity(httpStatus, body);
  return { reply: showInstanceWith(sender, service)(instanceId, bounds), urls };
}

describe("a look at an instance", () => {
  it.each(["kafka", "dcs"] as const)("asks the API of %s, and reads the status alone", async (service) => {
    const { reply, urls } = look(200, { instance_id: instanceId, status: "RESTARTING", name: 5 }, service);
    await expect(reply).resolves.toEqual({ status: "RESTARTING", projectId: "project" });
    expect(urls).toEqual([`GET ${service === "dcs" ? "dcs" : "dms"} /v2/project/instances/${instanceId}`]);
  });

  it.each([
    ["a status that is not there", {}, undefined],
    ["a status of another type, as text", { status: { word: 1 } }, '{"word":1}'],
    ["an id in capitals", { instance_id: instanceId.toUpperCase(), status: "RUNNING" }, "RUNNING"],
  ])("accepts %s", async (_what, fields, status) => {
    const { reply } = look(200, { instance_id: instanceId, ...fields });
    expect((await reply).status).toBe(status);
    expect((await reply).absence).toBeUndefined();
  });

  it("takes another instance's status for none of this one", async () => {
    const reply = await look(200, { instance_id: "another", status: "RUNNING" }).reply;
    expect(reply).toMatchObject({ absence: { missing: "instance", reason: "the service answered with another" } });
    expect(reply.status).toBeUndefined();
  });

  it.each(["DMS.00404022", "111404022", "DMS.00404099"])("takes 404 %s for a missing instance", async (code) => {
    expect((await look(404, failure(code)).reply).absence).toMatchObject({ missing: "instance" });
  });

  it.each([
    ["throttling sent as 404", 404, failure("DMS.10240407"), TransientError],
    ["503", 503, undefined, TransientError],
    ["an API that is not published", 404, failure("APIGW.0101"), WrongEndpointError],
    ["400", 400, failure("DMS.00400030"), RequestRefusedError],
    ["a body without the instance", 200, { tasks: [] }, BadResponseError],
    ["an empty body", 200, "", BadResponseError],
  ])("makes %s the right error", async (_what, httpStatus, body, kind) => {
    const error: unknown = await look(httpStatus, body).reply.catch((thrown: unknown) => thrown);
    expect((error as Error).constructor).toBe(kind);
    expect((error as Error).message).toContain(`looking at instance ${instanceId}`);
  });

  it.each([
    ["kafka", "dms:instance:get"],
    ["dcs", "dcs:instance:get"],
  ] as const)("of %s names the permission that it needs", async (service, permission) => {
    await expect(look(403, failure("X.403"), service).reply).rejects.toThrow(`The permission ${permission} is needed.`);
  });
});

describe("the emulator's instance", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it.each<Engine>(["kafka", "rabbitmq", "rocketmq", "dcs"])(
    "of %s shows its status to the real client",
    async (service) => {
      const identity = identityFor(readSettings({ endpoint: emulator.url }, () => undefined, emulator.env));
      const id = emulator.addInstance({ engine: service, status: "CREATING" });
      await expect(showInstanceWith(identity, service)(id, bounds)).resolves.toMatchObject({ status: "CREATING" });
    },
  );
});

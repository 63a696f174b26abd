import { showJobWith, showTaskWith } from "../../../../provider/service/client";
import {
  BadResponseError,
  RequestRefusedError,
  TransientError,
  WrongEndpointError,
} from "../../../../provider/task/errors";
import { bindOfHuaweiCloud, bounds, failure, identity, place, recorded, subject, taskId } from "./answeringIdentity";

function look(httpStatus: number, body: unknown, id = taskId) {
  const { sender, urls } = identity(httpStatus, body);
  return { reply: showTaskWith(sender, "kafka")({ ...subject, taskId: id }, bounds), urls };
}

describe("what is nested without end", () => {
  const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
  const shown = async (fields: object) =>
    (await look(200, { tasks: [{ id: taskId, status: "SUCCESS", ...fields }] }).reply).task!;

  it("is no status, and no error of the language", async () => {
    expect((await shown({ status: nested(100_000) })).status).toBe("[...]");
    expect((await shown({ status: { 1: "x".repeat(5000) } })).status).toHaveLength(500);
  });

  it("stays text in params, and is no parameters", async () => {
    const params = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(await shown({ params })).toMatchObject({ params, parameters: undefined });
    expect((await shown({ params: '{"a":[[1]]}' })).parameters).toEqual({ a: [[1]] });
  });
});

describe("a look at a task", () => {
  it("decodes the API page's example to its documented values", async () => {
    const { reply, urls } = look(200, recorded("show-task"));
    expect((await reply).task).toEqual({
      taskId,
      instanceId: subject.instanceId,
      service: "kafka",
      projectId: "project",
      name: "bindInstancePublicIp",
      status: "SUCCESS",
      params:
        '{"public_ip_id":"1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f","public_ip_address":"100.93.2.18","enable_public_ip":true}',
      parameters: {
        public_ip_id: "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f",
        public_ip_address: "100.93.2.18",
        enable_public_ip: true,
      },
      userId: "3df5acbc24a54fadb62a043c9000a307",
      userName: "paas_dms",
      createdAt: "2020-06-15T08:55:53.606Z",
      updatedAt: "2020-06-15T08:55:56.600Z",
      durationSeconds: 2.994,
    });
    expect(urls).toEqual([`GET dms /v2/project/instances/${subject.instanceId}/tasks/${taskId}`]);
  });

  it.each([
    ["no status", {}, undefined],
    ["a null status", { status: null }, undefined],
    ["a status of another type", { status: 42 }, "42"],
    ["a status in a list", { status: ["SUCCESS"] }, '["SUCCESS"]'],
  ])("keeps %s for what it is", async (_what, fields, status) => {
    expect((await look(200, { task_count: 1, tasks: [{ id: taskId, ...fields }] }).reply).task!.status).toBe(status);
  });

  it.each(["not JSON", "[1]", "null", "7"])("keeps params %j raw only", async (params) => {
    const { task } = await look(200, { tasks: [{ id: taskId, params }] }).reply;
    expect(task).toMatchObject({ params, parameters: undefined });
  });

  it("gives no duration for a task in progress, although the service fills in its end", async () => {
    const record = {
      id: taskId,
      status: "EXECUTING",
      created_at: "2020-05-15T03:19:51.046Z",
      updated_at: "2020-05-15T03:19:51.065Z",
    };
    expect((await look(200, { tasks: [record] }).reply).task!.durationSeconds).toBeUndefined();
  });

  it("gives no duration where a time names no zone, but keeps the time as it came", async () => {
    const times = { created_at: "2020-06-15T08:55:53.606Z", updated_at: "2020-06-15T08:55:56.600" };
    const { task } = await look(200, { tasks: [{ id: taskId, status: "SUCCESS", ...times }] }).reply;
    expect(task).toMatchObject({ updatedAt: "2020-06-15T08:55:56.600", durationSeconds: undefined });
  });

  it.each([
    ["200 with an empty list", 200, { task_count: "0", tasks: [] }, "task", undefined],
    ["200 with another task", 200, { tasks: [{ id: "another" }] }, "task", "the service answered with another task"],
    ["404 for the instance", 404, failure("DMS.00404022"), "instance", "HTTP 404, DMS.00404022: text"],
    ["404 without a code", 404, "<html>", "task", expect.stringContaining("HTTP 404")],
    ["404 with a code that nobody knows", 404, failure("DMS.00404099"), "task", "HTTP 404, DMS.00404099: text"],
    ["400 for the format of a well-formed id", 400, failure("DMS.00400070"), "task", "HTTP 400, DMS.00400070: text"],
  ])("takes %s for absence", async (_what, httpStatus, body, missing, reason: unknown) => {
    const reply = await look(httpStatus, body).reply;
    expect(reply).toMatchObject({ absence: { missing, reason }, projectId: "project" });
    expect(reply.task).toBeUndefined();
  });

  it.each([
    ["throttling sent as 404", 404, failure("DMS.10240407"), TransientError],
    ["408", 408, "", TransientError],
    ["429", 429, failure("APIGW.0308"), TransientError],
    ["500", 500, failure("DMS.00500000"), TransientError],
    ["503", 503, undefined, TransientError],
    ["200 without tasks", 200, {}, BadResponseError],
    ["200 without a body", 200, undefined, BadResponseError],
    ["an API that is not published", 404, failure("APIGW.0101"), WrongEndpointError],
    ["the same as the documentation spells it", 404, failure("APIG.0101"), WrongEndpointError],
    ["an unknown address", 404, failure("DMS.00404001"), WrongEndpointError],
    ["another unknown address", 404, failure("DMS.10240406"), WrongEndpointError],
    ["400", 400, failure("DMS.00400030"), RequestRefusedError],
    ["403", 403, failure("DMS.00403002"), RequestRefusedError],
    ["405", 405, undefined, RequestRefusedError],
    ["409", 409, undefined, RequestRefusedError],
    ["413", 413, undefined, RequestRefusedError],
    ["204", 204, undefined, RequestRefusedError],
  ])("makes %s the right error", async (_what, httpStatus, body, kind) => {
    const error = await look(httpStatus, body).reply.catch((thrown: unknown) => thrown);
    expect((error as Error).constructor).toBe(kind);
    expect(error).toMatchObject({ httpStatus, code: (body as { error_code?: string } | undefined)?.error_code });
  });

  const uuid = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";

  it.each([uuid, uuid.toUpperCase()])("takes 400 for absence with the well-formed id %s", async (id) => {
    expect(await look(400, failure("DMS.00400070"), id).reply).toMatchObject({ absence: { missing: "task" } });
  });

  it.each([
    "my-task",
    `${taskId}0`,
    `0${taskId}`,
    `${uuid}0`,
    `0${uuid}`,
    uuid.replace("-4e5f", ""),
    uuid.replace("4e5f", "4"),
    uuid.replace("0a1b2c3d", "0"),
    uuid.replace("ef0123456789", "e"),
    uuid.replace(/[0-9a-f]/g, "x"),
  ])("fails at once for an id that is plainly not of the service's: %s", async (id) => {
    await expect(look(400, failure("DMS.00400070"), id).reply).rejects.toThrow(RequestRefusedError);
  });

  it("fails at once if the refusal has another status", async () => {
    await expect(look(403, failure("DMS.00400070")).reply).rejects.toThrow(RequestRefusedError);
  });

  it.each([
    ["a code", "DMS.1", "DMS.1"],
    ["an empty one", "", undefined],
  ])("keeps why a task failed: %s", async (_what, error_code, failReason) => {
    const { task } = await look(200, { tasks: [{ id: taskId, status: "FAILED", error_code }] }).reply;
    expect(task).toMatchObject({ status: "FAILED", failReason });
  });

  it("names the permission that a forbidden look needs, and the service's words", async () => {
    await expect(look(403, failure("DMS.00403002")).reply).rejects.toThrow(
      "HTTP 403, DMS.00403002: text. The permission dms:instance:getBackgroundTask is needed.",
    );
  });
});

describe("the other services' examples of a look", () => {
  it.each([
    ["rabbitmq", { updatedAt: "2020-06-23T03:00:08.130Z", durationSeconds: 4.659 }],
    ["rocketmq", {}],
  ] as const)("of %s decode to their documented values", async (service, end) => {
    const { sender, urls } = identity(200, recorded(`show-task-${service}`));
    const { taskId: id } = bindOfHuaweiCloud;
    const { task } = await showTaskWith(sender, service)({ ...subject, taskId: id }, bounds);
    expect(task).toEqual({ ...bindOfHuaweiCloud, service, ...end });
    expect(urls).toEqual([`GET dms /v2/project/instances/${subject.instanceId}/tasks/${id}`]);
  });

  it("of DCS's jobs decode to their documented values", async () => {
    const { sender, urls } = identity(200, recorded("show-job-dcs"));
    const id = "ff8080818822bbf70188235afc24141a";
    const { task } = await showJobWith(sender, "dcs")({ ...subject, taskId: id }, bounds);
    expect(task).toEqual({
      taskId: id,
      ...place,
      service: "dcs",
      name: "masterStandbySwapJob",
      status: "SUCCESS",
      createdAt: "2023-05-15T22:59:05.379Z",
      updatedAt: "2023-05-15T22:59:08.248Z",
      durationSeconds: 2.869,
    });
    expect(urls).toEqual([`GET dcs /v2/project/jobs/${id}`]);
  });
});

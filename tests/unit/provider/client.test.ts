import { readFileSync } from "node:fs";
import path from "node:path";
import { showTaskWith } from "../../../provider/client";
import { BadResponseError, RequestRefusedError, TransientError, WrongEndpointError } from "../../../provider/errors";

const taskId = "8abfa7b272adc5b40172b73130065ae7";
const subject = { instanceId: "3f1c8a52-7d04-4e6b-9b1f-2a6d0c4e8f73", taskId };
const bounds = { timeoutMs: 1000 };

/** Looks at a task through an identity that gets this reply. */
function look(httpStatus: number, body: unknown, id = taskId) {
  const urls: string[] = [];
  const showTask = showTaskWith({
    send: async ({ method, api, path }) => {
      urls.push(`${method} ${api} ${path("project")}`);
      return { projectId: "project", reply: { httpStatus, body, header: () => undefined } };
    },
  });
  return { reply: showTask({ ...subject, taskId: id }, bounds), urls };
}

const failure = (code?: string) => ({ error_code: code, error_msg: "text" });

describe("a look at a task", () => {
  it("decodes the API page's example to its documented values", async () => {
    const file = path.join(__dirname, "..", "..", "recordings", "show-task.json");
    const { body } = JSON.parse(readFileSync(file, "utf8")) as { body: unknown };
    const { reply, urls } = look(200, body);
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

  it.each([
    ["200 with an empty list", 200, { task_count: "0", tasks: [] }, "task"],
    ["200 with another task", 200, { tasks: [{ id: "another", status: "SUCCESS" }] }, "task"],
    ["404 for the instance", 404, failure("DMS.00404022"), "instance"],
    ["404 without a code", 404, "<html>", "task"],
    ["404 with a code that nobody knows", 404, failure("DMS.00404099"), "task"],
    ["400 for the format of a well-formed id", 400, failure("DMS.00400070"), "task"],
  ])("takes %s for absence", async (_what, httpStatus, body, missing) => {
    const reply = await look(httpStatus, body).reply;
    expect(reply).toMatchObject({ absence: { missing } });
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

  it("fails at once for an id that is plainly not of the service's", async () => {
    await expect(look(400, failure("DMS.00400070"), "my-task").reply).rejects.toThrow(RequestRefusedError);
  });

  it("names the permission that a forbidden look needs, and the service's words", async () => {
    await expect(look(403, failure("DMS.00403002")).reply).rejects.toThrow(
      "HTTP 403, DMS.00403002: text. The permission dms:instance:getBackgroundTask is needed.",
    );
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";
import {
  deleteRecordWith,
  listPageWith,
  type PageRequest,
  showJobWith,
  showTaskWith,
} from "../../../../provider/service/client";
import type { Identity } from "../../../../provider/identity/identity";
import {
  BadResponseError,
  RequestRefusedError,
  TransientError,
  WrongEndpointError,
} from "../../../../provider/task/errors";

const taskId = "8abfa7b272adc5b40172b73130065ae7";
const subject = { instanceId: "3f1c8a52-7d04-4e6b-9b1f-2a6d0c4e8f73", taskId };
const bounds = { timeoutMs: 1000 };

/** An identity that gets this reply. */
function identity(httpStatus: number, body: unknown) {
  const urls: string[] = [];
  const sender: Identity = {
    send: async ({ method, api, path }) => {
      urls.push(`${method} ${api} ${path("project")}`);
      return { projectId: "project", reply: { httpStatus, body, header: () => undefined } };
    },
  };
  return { sender, urls };
}

function look(httpStatus: number, body: unknown, id = taskId) {
  const { sender, urls } = identity(httpStatus, body);
  return { reply: showTaskWith(sender, "kafka")({ ...subject, taskId: id }, bounds), urls };
}

/** The body of a recorded example; the file names the page that it is from. */
function recorded(name: string): unknown {
  const file = path.join(__dirname, "..", "..", "..", "recordings", `${name}.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { body: unknown }).body;
}

const failure = (code?: string) => ({ error_code: code, error_msg: "text" });

describe("an id that would lead to another path", () => {
  const odd = { ...subject, taskId: ".." };
  it.each<[string, (sender: Identity) => Promise<unknown>]>([
    ["the task's, in a look", (sender) => showTaskWith(sender, "kafka")(odd, bounds)],
    ["the instance's, in a look", (sender) => showTaskWith(sender, "kafka")({ ...subject, instanceId: "." }, bounds)],
    ["the job's", (sender) => showJobWith(sender, "dcs")(odd, bounds)],
    ["the task's, in a deletion", (sender) => deleteRecordWith(sender, "kafka")(odd, bounds)],
    [
      "the project's",
      ({ send }) =>
        showTaskWith({ send: (request) => send({ ...request, path: () => request.path("..") }, bounds) }, "kafka")(
          subject,
          bounds,
        ),
    ],
  ])("is not sent: %s", async (_what, ask) => {
    const { sender, urls } = identity(200, { tasks: [] });
    await expect(ask(sender)).rejects.toThrow(
      /^an id in a path must consist of letters.* but is "\.{1,2}": nothing was sent/,
    );
    expect(urls).toEqual([]);
  });
});

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

const place = { instanceId: subject.instanceId, projectId: "project" };
const bindOfHuaweiCloud = {
  taskId: "ff80808272dcc90f0172df1e490f41b0",
  ...place,
  name: "bindInstancePublicIp",
  status: "SUCCESS",
  params:
    '{"public_ip_id":"06a13350-4305-4338-9f0e-6b322bb1413d","public_ip_address":"xx.xx.xx.xx","enable_public_ip":true}',
  parameters: {
    public_ip_id: "06a13350-4305-4338-9f0e-6b322bb1413d",
    public_ip_address: "xx.xx.xx.xx",
    enable_public_ip: true,
  },
  userId: "xxxxxxxx93ff484a828144c6xxxxxxxx",
  userName: "dms_test",
  createdAt: "2020-06-23T03:00:03.471Z",
};

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

describe("a page of a list", () => {
  const page = (
    service: "kafka" | "rabbitmq" | "dcs",
    request: Partial<PageRequest>,
    body = recorded(`list-tasks-${service}`),
  ) => {
    const { sender, urls } = identity(200, body);
    const asked: PageRequest = { ...subject, skip: 0, limit: 100, paging: "start", ...request };
    return { reply: listPageWith(sender, service)(asked, bounds), urls };
  };
  const url = (api: string, query: string) => `GET ${api} /v2/project/instances/${subject.instanceId}/tasks?${query}`;

  it("of Kafka's example decodes to its documented values", async () => {
    const { reply, urls } = page("kafka", { skip: 200 });
    const user = { userId: "3df5acbc24a54fadb62a043c9000a307", userName: "paas_dms" };
    await expect(reply).resolves.toEqual({
      projectId: "project",
      count: 4,
      tasks: [
        {
          taskId: "8abfa7b372160bfd0172165864064079",
          ...place,
          ...user,
          service: "kafka",
          name: "modifyAutoTopic",
          status: "EXECUTING",
          params: '{"old_auto_status":true,"new_auto_status":false}',
          parameters: { old_auto_status: true, new_auto_status: false },
          createdAt: "2020-05-15T03:19:51.046Z",
          updatedAt: "2020-05-15T03:19:51.065Z",
        },
        {
          taskId: "8abfa7b372160bfd017216560af83e6e",
          ...place,
          ...user,
          service: "kafka",
          name: "changeRetentionPolicy",
          status: "SUCCESS",
          params: '{"new_retention_policy":"produce_reject","origin_retention_policy":"time_base"}',
          parameters: { new_retention_policy: "produce_reject", origin_retention_policy: "time_base" },
          createdAt: "2020-05-15T03:17:17.176Z",
          updatedAt: "2020-05-15T03:17:22.162Z",
          durationSeconds: 4.986,
        },
      ],
    });
    expect(urls).toEqual([url("dms", "start=201&limit=100")]);
  });

  it("of RabbitMQ's example decodes to its documented values", async () => {
    const end = { updatedAt: "2020-06-23T03:00:08.130Z", durationSeconds: 4.659 };
    await expect(page("rabbitmq", {}).reply).resolves.toMatchObject({
      count: 1,
      tasks: [{ ...bindOfHuaweiCloud, service: "rabbitmq", ...end }],
    });
  });

  it("of DCS's example decodes to its documented values, the count a number", async () => {
    const { reply, urls } = page("dcs", { skip: 200, paging: "offset" });
    await expect(reply).resolves.toEqual({
      projectId: "project",
      count: 1,
      tasks: [
        {
          taskId: "8abf6e1e72c12e7c0172c15b508500aa",
          ...place,
          service: "dcs",
          name: "EXTEND",
          status: "SUCCESS",
          userId: "d53977d1adfb49c5b025ba7d33a13fd7",
          userName: "dcs_000_02",
          createdAt: "2020-06-17T08:18:06.597Z",
          updatedAt: "2020-06-17T08:18:10.106Z",
          durationSeconds: 3.509,
        },
      ],
    });
    expect(urls).toEqual([url("dcs", "offset=200&limit=100")]);
  });

  it("has a window that is wider by every zone there is, in the service's own words", async () => {
    const window = {
      createdFromMs: Date.parse("2026-03-01T10:00:00Z"),
      createdUntilMs: Date.parse("2026-03-02T11:12:13Z"),
    };
    const kafka = page("kafka", window);
    const dcs = page("dcs", { ...window, paging: "offset" });
    await Promise.all([kafka.reply, dcs.reply]);
    const [from, until] = ["20260228200000", "20260303011213"];
    expect(kafka.urls).toEqual([url("dms", `start=1&limit=100&begin_time=${from}&end_time=${until}`)]);
    expect(dcs.urls).toEqual([url("dcs", `offset=0&limit=100&start_time=${from}&end_time=${until}`)]);
  });

  it.each([
    ["7", 7],
    [7, 7],
    [undefined, undefined],
    ["seven", undefined],
    [-1, undefined],
    [null, undefined],
  ])("reads the count %j as %p", async (task_count, count) => {
    expect((await page("kafka", {}, { task_count, tasks: [] }).reply).count).toBe(count);
  });

  it.each([{}, { id: "" }, { id: 7 }, { id: ".." }, { id: "a/b" }])(
    "is no answer with a record that cannot be asked for: %j",
    async (record) => {
      const { reply } = page("kafka", {}, { tasks: [{ id: "task" }, { ...record, status: "EXECUTING" }] });
      await expect(reply).rejects.toThrow(BadResponseError);
    },
  );
});

describe("the removal of a record", () => {
  const remove = (httpStatus: number, body?: unknown) => {
    const { sender, urls } = identity(httpStatus, body);
    return { removed: deleteRecordWith(sender, "kafka")(subject, bounds), urls };
  };

  it.each([
    ["204", 204, undefined, true],
    ["200, as of DCS", 200, { message: "" }, true],
    ["404, since it is gone", 404, failure("DMS.00404099"), false],
    ["404, since the instance is gone", 404, failure("DMS.00404022"), false],
  ])("takes %s for done", async (_what, httpStatus, body, isRemoved) => {
    const { removed, urls } = remove(httpStatus, body);
    await expect(removed).resolves.toBe(isRemoved);
    expect(urls).toEqual([`DELETE dms /v2/project/instances/${subject.instanceId}/tasks/${taskId}`]);
  });

  it.each([
    ["throttling sent as 404", 404, failure("DMS.10240407"), TransientError],
    ["503", 503, undefined, TransientError],
    ["an API that is not published", 404, failure("APIGW.0101"), WrongEndpointError],
    ["a task in progress", 400, failure("DMS.00400026"), RequestRefusedError],
    ["403", 403, failure("DMS.00403002"), RequestRefusedError],
  ])("makes %s the right error", async (_what, httpStatus, body, kind) => {
    const error: unknown = await remove(httpStatus, body).removed.catch((thrown: unknown) => thrown);
    expect((error as Error).constructor).toBe(kind);
    expect((error as Error).message).toContain(`deleting the record of background task ${taskId}`);
  });

  it("names the permission that it needs", async () => {
    await expect(remove(403, failure("DMS.00403002")).removed).rejects.toThrow(
      "The permission dms:instance:deleteBackgroundTask is needed.",
    );
  });
});

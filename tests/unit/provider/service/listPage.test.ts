import { listPageWith, type PageRequest } from "../../../../provider/service/client";
import { BadResponseError } from "../../../../provider/task/errors";
import { bindOfHuaweiCloud, bounds, failure, identity, place, recorded, subject } from "./answeringIdentity";

describe("a page that there is not", () => {
  const page = (httpStatus: number, body: unknown) =>
    listPageWith(identity(httpStatus, body).sender, "kafka")(
      { ...subject, skip: 0, limit: 100, paging: "start" },
      bounds,
    );

  it("means that the instance is missing, for it has nothing else to miss", async () => {
    await expect(page(404, failure("DMS.00404099"))).resolves.toMatchObject({
      tasks: [],
      absence: { missing: "instance", reason: "HTTP 404, DMS.00404099: text" },
    });
  });

  it("names the permission that a forbidden list needs", async () => {
    await expect(page(403, failure("DMS.00403002"))).rejects.toThrow(
      "The permission dms:instance:getBackgroundTask is needed.",
    );
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
    ["70", 70],
    ["0", 0],
    [0, 0],
    [1.5, undefined],
    ["7 tasks", undefined],
    ["about 7", undefined],
    [["7"], undefined],
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

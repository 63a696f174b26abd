import { showJobWith } from "../../../../provider/service/client";
import { RequestRefusedError, WrongEndpointError } from "../../../../provider/task/errors";
import { bounds, failure, identity, place, subject } from "./answeringIdentity";

const taskId = "ff8080818822bbf70188235afc24141a";
const look = (httpStatus: number, body: unknown) =>
  showJobWith(identity(httpStatus, body).sender, "dcs")({ ...subject, taskId }, bounds);

describe("a look at a job", () => {
  it.each([
    ["400, which the page does not explain", 400, failure("DCS.4404"), "HTTP 400, DCS.4404: text"],
    ["404", 404, failure("DCS.4404"), "HTTP 404, DCS.4404: text"],
    ["another job", 200, { job_id: "another" }, "the service answered with another job"],
  ])("takes %s for absence, and says why", async (_what, httpStatus, body, reason) => {
    const { absence, task, projectId } = await look(httpStatus, body);
    expect({ absence, task, projectId }).toEqual({
      absence: { missing: "task", reason: expect.stringContaining(reason) as string },
      task: undefined,
      projectId: "project",
    });
  });

  it.each([
    ["an API that is not published", 400, failure("APIGW.0101"), WrongEndpointError],
    ["403", 403, failure("DCS.403"), RequestRefusedError],
  ])("makes %s the right error", async (_what, httpStatus, body, kind) => {
    await expect(look(httpStatus, body)).rejects.toThrow(kind);
  });

  it.each([
    ["a reason", { fail_reason: "no quota" }, { failReason: "no quota" }],
    ["an empty reason", { fail_reason: "" }, { failReason: undefined }],
    ["a time as a number", { begin_time: 0.5 }, { createdAt: "1970-01-01T00:00:00.000Z" }],
    ["the last time there is", { begin_time: 8.64e15 }, { createdAt: "+275760-09-13T00:00:00.000Z" }],
    ["a time that no date has", { begin_time: 8.65e15 }, { createdAt: undefined }],
    ["a time before 1970 that no date has", { begin_time: -8.65e15 }, { createdAt: undefined }],
    ["an empty time", { begin_time: "" }, { createdAt: undefined }],
  ])("reads %s", async (_what, fields, expected) => {
    const { task } = await look(200, { job_id: taskId, status: "FAIL", ...fields });
    expect(task).toMatchObject({ ...place, taskId, status: "FAIL", ...expected });
  });
});

import { deleteRecordWith } from "../../../../provider/service/client";
import { RequestRefusedError, TransientError, WrongEndpointError } from "../../../../provider/task/errors";
import { bounds, failure, identity, subject, taskId } from "./answeringIdentity";

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

import type { Identity } from "../../../../provider/identity/identity";
import { lookWith } from "../../../../provider/service/taskLook";

const bounds = { timeoutMs: 1000 };

/** A service with these records and jobs. */
function serviceWith(records: object[], jobs: string[] = [], listStatus = 200) {
  const urls: string[] = [];
  const identity: Identity = {
    send: async ({ path }) => {
      const url = path("project");
      urls.push(url.replace(/^.*\/(jobs|tasks)\b.*$/, "$1"));
      const job = jobs.find((id) => url.endsWith(`/jobs/${id}`));
      const isJob = url.includes("/jobs/");
      const httpStatus = isJob ? (job ? 200 : 404) : listStatus;
      const body = isJob
        ? job
          ? { job_id: job, status: "RUNNING" }
          : {}
        : { task_count: records.length, tasks: records };
      return { projectId: "project", reply: { httpStatus, body, header: () => undefined, serviceTimeMs: 7 } };
    },
  };
  const look = lookWith(identity, "dcs");
  return { look: (taskId: string) => look({ instanceId: "instance", taskId }, bounds), urls };
}

describe("a look at a task of a service without a call for one", () => {
  it("asks for the job first, and for nothing else if there is one", async () => {
    const { look, urls } = serviceWith([], ["job"]);
    await expect(look("job")).resolves.toMatchObject({ task: { taskId: "job", status: "RUNNING" } });
    expect(urls).toEqual(["jobs"]);
  });

  it("asks for the list alone once that knew the id, and for both once that does not know it any longer", async () => {
    const records: object[] = [{ id: "task", status: "EXECUTING" }];
    const { look, urls } = serviceWith(records);
    await expect(look("task")).resolves.toMatchObject({ task: { taskId: "task" }, serviceTimeMs: 7 });
    expect(urls.splice(0)).toEqual(["jobs", "tasks"]);
    await look("task");
    expect(urls.splice(0)).toEqual(["tasks"]);
    records.pop();
    await look("task");
    await look("task");
    expect(urls).toEqual(["tasks", "jobs", "tasks"]);
  });

  it("that is in neither says what is missing: the task, or the instance", async () => {
    await expect(serviceWith([]).look("task")).resolves.toEqual({
      absence: { missing: "task" },
      projectId: "project",
      serviceTimeMs: 7,
      retryAfterMs: undefined,
      clockOffset: undefined,
    });
    await expect(serviceWith([], [], 404).look("task")).resolves.toMatchObject({ absence: { missing: "instance" } });
  });
});

import type { Identity } from "../../../../provider/identity/identity";
import { sharedLookWith } from "../../../../provider/service/sharedLooks";
import { lookWith } from "../../../../provider/service/taskLook";
import type { ServiceName } from "../../../../provider/task/services";

// Record "a" names "b" as its job, and so does an older one, and there is a record "b".
const records = [
  { id: "a", job_id: "b", status: "SUCCESS", created_at: "2030-01-01T00:00:02.000Z" },
  { id: "b", job_id: "c", status: "EXECUTING", created_at: "2030-01-01T00:00:01.000Z" },
  { id: "older", job_id: "c", status: "FAILED", created_at: "2030-01-01T00:00:00.000Z" },
  { id: "oldest", job_id: "b", status: "FAILED", created_at: "2029-01-01T00:00:00.000Z" },
];
const identity = (listed = records): Identity => ({
  send: async ({ path }) => {
    const url = path("project");
    const isJob = url.includes("/jobs/");
    const shown = records.filter(({ id }) => url.endsWith(`/tasks/${id}`));
    const tasks = url.includes("/tasks?") ? listed : shown;
    const body = isJob ? { error_code: "DCS.4404" } : { task_count: tasks.length, tasks };
    return { projectId: "project", reply: { httpStatus: isJob ? 404 : 200, body, header: () => undefined } };
  },
});
const bounds = { timeoutMs: 1000 };
const idShown = async (look: Promise<{ task?: { taskId: string } }>) => (await look).task?.taskId;

const looks: [
  string,
  (service: ServiceName, taskId: string, listed?: typeof records) => Promise<string | undefined>,
][] = [
  [
    "a shared look",
    (service, taskId, listed) =>
      idShown(sharedLookWith(identity(listed), service, "i")({ instanceId: "i", taskId }, bounds)),
  ],
  [
    "a look by id",
    (service, taskId, listed) => idShown(lookWith(identity(listed), service)({ instanceId: "i", taskId }, bounds)),
  ],
];

describe.each(looks)("%s", (_what, look) => {
  it.each(["kafka", "dcs"] as const)(
    "at a task of %s shows its own record, not one that names it as a job",
    async (service) => {
      expect(await look(service, "b")).toBe("b");
      expect(await look(service, "b", records.toReversed())).toBe("b");
    },
  );

  it("at a job of dcs shows the newest record that names it", async () => {
    expect(await look("dcs", "c")).toBe("b");
  });

  it("at a task of kafka shows no record that names it as a job", async () => {
    expect(await look("kafka", "c")).toBeUndefined();
  });
});

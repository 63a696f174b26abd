import type { ListTasks, TaskListing } from "../../../../provider/service/taskList";
import { TaskNotFoundError, TransientError } from "../../../../provider/task/errors";
import type { TaskFilter } from "../../../../provider/task/taskFilter";
import { resultOf } from "../../../../provider/wait/outcome";
import { listPatiently } from "../../../../provider/wait/patientList";
import { ManualClock } from "../clock/manualClock";

const instanceId = "instance";
const tasks = ["restart", "resize"].map((name) => ({
  taskId: name,
  instanceId,
  name,
  createdAt: "2026-01-01T00:00:00Z",
}));

/** Lists with requests that fail so many times first. */
async function list(listing: Partial<TaskListing>, filter: TaskFilter = {}, failures = 0) {
  const clock = new ManualClock();
  const windows: unknown[] = [];
  let requests = 0;
  const listTasks: ListTasks = ({ createdFromMs, createdUntilMs }, ask) =>
    ask(async () => {
      windows.push([createdFromMs, createdUntilMs]);
      if (requests++ < failures) {
        throw new TransientError("busy", { httpStatus: 503 });
      }
      return { tasks: [], projectId: "project", ...listing };
    });
  const outcome = await listPatiently({ listTasks, instanceId, filter, options: { timeoutMs: 20_000 }, clock });
  return { outcome, windows, requests: () => requests };
}

describe("a list that is not waited for", () => {
  it("is what one look shows, narrowed by the filter", async () => {
    const [fromMs, untilMs] = [Date.UTC(2025), Date.UTC(2027)];
    const filter = { name: "resize", createdAfterMs: fromMs, createdBeforeMs: untilMs };
    const { outcome, windows } = await list({ tasks }, filter);
    expect(resultOf(outcome)).toEqual([tasks[1]]);
    expect(windows).toEqual([[fromMs, untilMs]]);
  });

  it("is asked for again while the service is busy", async () => {
    const { outcome, requests } = await list({ tasks }, {}, 3);
    expect(resultOf(outcome)).toEqual(tasks);
    expect(requests()).toBe(4);
  });

  it("is, at the deadline, the failure of its last request", async () => {
    const { outcome, requests } = await list({}, {}, Infinity);
    const error = outcome.state === "unfinished" ? outcome.cause : undefined;
    expect(error).toBeInstanceOf(TransientError);
    expect(error).toMatchObject({
      message: "waiting for background tasks of instance instance: busy",
      httpStatus: 503,
      progress: { elapsedSeconds: 20, looks: requests() },
    });
  });

  it("of an instance that is not there is an error at once", async () => {
    const { outcome, requests } = await list({ absence: { missing: "instance", reason: "HTTP 404" } });
    expect(() => resultOf(outcome)).toThrow(TaskNotFoundError);
    expect(() => resultOf(outcome)).toThrow(/^instance instance was not found in .* 1 look \(HTTP 404\)/);
    expect(requests()).toBe(1);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NewInstance } from "../../../../emulator";
import { logIn } from "../logIn";
import type { FetchJson } from "../logIn";
import { useEmulator } from "../runningEmulator";

const { emulator } = useEmulator();
let fetchJson: FetchJson;
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
});

interface SampleTask {
  id: string;
  name: string;
  user_name: string;
  user_id: string;
  params?: string;
  details?: { [name: string]: unknown };
  status: string;
  created_at: string;
  updated_at?: string;
}

function recordedBody(file: string): unknown {
  const text = readFileSync(join(__dirname, "../../../recordings", file), "utf8");
  return (JSON.parse(text) as { body: unknown }).body;
}

/** Puts a sample's task in, so that it is now as the sample has it. */
function putIn(instanceId: string, task: SampleTask): void {
  const tookMs = Date.parse(task.updated_at ?? task.created_at) - Date.parse(task.created_at);
  const ended = { status: task.status, afterSeconds: tookMs / 1000 };
  emulator().addTask({
    instanceId,
    id: task.id,
    name: task.name,
    userName: task.user_name,
    userId: task.user_id,
    params: task.details ?? task.params,
    createdAt: task.created_at,
    progress: task.status === "EXECUTING" ? [] : [ended],
  });
}

const samples: [string, NonNullable<NewInstance["engine"]>][] = [
  ["list-tasks-kafka.json", "kafka"],
  ["show-task.json", "kafka"],
  ["list-tasks-rabbitmq.json", "rabbitmq"],
  ["show-task-rabbitmq.json", "rabbitmq"],
  ["show-task-rocketmq.json", "rocketmq"],
  ["list-tasks-dcs.json", "dcs"],
];

test.each(samples)("the tasks of %s are served as they are there", async (file, engine) => {
  const { tasks, task_count } = recordedBody(file) as { tasks: SampleTask[]; task_count: string | number };
  const instanceId = emulator().addInstance({ engine });
  tasks.forEach((task) => putIn(instanceId, task));
  const path = `/v2/${emulator().projectId}/instances/${instanceId}/tasks`;
  const rest = file.startsWith("show") ? `/${tasks[0]?.id}` : "";
  const body = (await fetchJson("GET", `${path}${rest}`)).body as { tasks: SampleTask[]; task_count: unknown };
  expect(body.tasks).toHaveLength(tasks.length);
  expect(body.tasks).toMatchObject(tasks);
  expect(body.tasks.map((task) => Object.keys(task).sort())).toEqual(
    tasks.map((task) => Object.keys({ updated_at: "", ...task }).sort()),
  );
  expect(typeof body.task_count).toBe(typeof task_count);
});

test("the job of show-job-dcs.json is served as it is there", async () => {
  const job = recordedBody("show-job-dcs.json") as { [field: string]: string };
  const beginMs = Number(job.begin_time);
  const instanceId = emulator().addInstance({ engine: "dcs" });
  emulator().addTask({
    instanceId,
    id: job.job_id,
    name: job.job_type ?? "",
    createdAt: new Date(beginMs).toISOString(),
    progress: [{ status: "SUCCESS", afterSeconds: (Number(job.end_time) - beginMs) / 1000 }],
  });
  expect((await fetchJson("GET", `/v2/${emulator().projectId}/jobs/${job.job_id}`)).body).toEqual(job);
});

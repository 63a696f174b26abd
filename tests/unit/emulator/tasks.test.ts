import type { Emulator } from "../../../emulator";
import { startEmulator } from "../../../emulator";
import { logIn } from "./logIn";

let emulator: Emulator;
let get: (path: string) => Promise<{ status: number; body: unknown }>;

const startMs = Date.parse("2026-01-02T03:04:05.678Z");
let nowMs = startMs;

beforeAll(async () => {
  emulator = await startEmulator({ now: () => nowMs });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  nowMs = startMs;
  emulator.reset();
  const { fetchJson } = await logIn(emulator);
  get = (path) => fetchJson("GET", `/v2/${emulator.projectId}/instances/${emulator.instanceId}${path}`);
});

test("the task that exists from the start has the documented fields and types, and has ended", async () => {
  expect(await get(`/tasks/${emulator.taskId}`)).toMatchObject({
    status: 200,
    body: {
      task_count: "1",
      tasks: [
        {
          id: emulator.taskId,
          name: "changeRetentionPolicy",
          user_name: "paas_dms",
          user_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          params: '{"new_retention_policy":"produce_reject","origin_retention_policy":"time_base"}',
          status: "SUCCESS",
          created_at: "2026-01-02T02:04:05.678Z",
          updated_at: "2026-01-02T02:04:10.664Z",
        },
      ],
    },
  });
});

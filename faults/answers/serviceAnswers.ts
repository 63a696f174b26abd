import type { Answer, SeenRequest } from "./recordingServer";

/** A task that succeeded, as the service sends it. */
export const recordOf = (id: string) => ({
  id,
  name: "restart",
  status: "SUCCESS",
  params: "{}",
  user_name: "paas_dms",
  user_id: "0c5e7a913bd24f68a1f0d2c4b6987e35",
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:03.000Z",
});

export const jobOf = (id: string) => ({
  job_id: id,
  job_type: "restart",
  status: "SUCCESS",
  begin_time: 1_767_225_600_000,
  end_time: 1_767_225_603_000,
  fail_reason: null,
});

export const instanceOf = (id: string) => ({ instance_id: id, name: "kafka", status: "RUNNING" });

/** What the service answers to a request for tasks or an instance; `listed` is the one task of each instance. */
export function answerOfService({ method, target }: SeenRequest, listed: string): Answer {
  const path = target.replace(/\?.*/s, "");
  const last = decoded(path.split("/").at(-1)!);
  if (method === "DELETE") return { status: 204 };
  if (path.includes("/jobs/")) return { status: 200, body: jobOf(last) };
  if (!/\/tasks(\/|$)/.test(path)) return { status: 200, body: instanceOf(last) };
  const records = path.endsWith("/tasks") ? [recordOf(listed)] : [recordOf(last)];
  return { status: 200, body: { task_count: String(records.length), tasks: records } };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Emulator, startEmulator } from "../../emulator";
import { writeProgram } from "../../engine/programFolder";
import { propertiesOf, StartedProvider } from "./startedProvider";

// What the engine does at the first Ctrl-C: it calls Cancel of the provider process.

// Starting a process takes seconds where the machine is busy.
jest.setTimeout(60_000);

let emulator: Emulator;
let folder: string;
let provider: StartedProvider;

beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(path.join(tmpdir(), "cancel-"));
  const cwd = await writeProgram({ files: { "index.js": "" } }, folder);
  provider = await StartedProvider.start(cwd, {}, emulator.env);
});

afterEach(async () => {
  provider.stop();
  await emulator.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

const textOf = (file: string) => readFileSync(path.join(__dirname, "..", "recordings", file), "utf8");
const texts = {
  task: textOf("provider-text.js.txt"),
  search: textOf("search-provider-text.js.txt"),
  barrier: textOf("barrier-provider-text.js.txt"),
  deleting: textOf("deleting-provider-text.js.txt"),
};

const cancel = () => provider.call("cancel", new Empty());

/** Starts an operation, and resolves with why it failed, the state that is recorded, and how long after `since` it ended. */
function failureOf(inputs: object) {
  const request = new messages.CreateRequest();
  request.setProperties(propertiesOf({ instanceId: emulator.instanceId, ...inputs }));
  return provider.call("create", request).then(
    () => Promise.reject(new Error("it did not fail")),
    (error: grpc.ServiceError) => {
      const endedMs = performance.now();
      const [packed] = error.metadata.get("grpc-status-details-bin") as Buffer[];
      const [detail] = Status.deserializeBinary(packed!).getDetailsList();
      const failure = messages.ErrorResourceInitFailed.deserializeBinary(detail!.getValue_asU8());
      const state = failure.getProperties()!.toJavaScript();
      return { id: failure.getId(), reasons: failure.getReasonsList(), state, endedMs };
    },
  );
}

async function untilRequests(count: number): Promise<void> {
  while (emulator.requests().length < count) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const addRunningTask = () => emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });

const waits = {
  "a task": () => ({ __provider: texts.task, taskId: addRunningTask().taskId }),
  "a search": () => ({ __provider: texts.search, name: "restart", createdAfter: "2099-01-01T00:00:00Z" }),
  "a quiet instance": () => {
    addRunningTask();
    return { __provider: texts.barrier };
  },
};

const reasons = {
  "a task":
    /^waiting for background task restart \(id \S+\) of instance \S+: cancelled after [\d.]+ s; last status EXECUTING; the next update resumes the wait$/,
  "a search":
    /^waiting for background task restart of instance \S+: cancelled after [\d.]+ s; the next update resumes the wait$/,
  "a quiet instance":
    /^waiting for background tasks of instance \S+: cancelled after [\d.]+ s; in progress: restart \(id \S+\) EXECUTING; the next update resumes the wait$/,
};

describe("the engine's Cancel", () => {
  it.each(["a task", "a search", "a quiet instance"] as const)(
    "ends the wait for %s within a second, and records it with what was seen",
    async (kind) => {
      const inputs = waits[kind]();
      const failed = failureOf(inputs);
      // A login, and at least one look.
      await untilRequests(3);
      const cancelledMs = performance.now();
      await cancel();
      const { reasons: seen, state, id, endedMs } = await failed;

      expect(seen).toEqual([expect.stringMatching(reasons[kind])]);
      expect(endedMs - cancelledMs).toBeLessThan(1000);
      expect(id).toContain(emulator.instanceId);
      expect(state).toMatchObject(inputs);
    },
  );

  it("sends nothing more, not even for waits that begin later", async () => {
    const failed = failureOf(waits["a task"]());
    await untilRequests(3);
    await cancel();
    await failed;
    const sent = emulator.requests().length;
    const later = await failureOf(waits["a task"]());
    expect(later.reasons).toEqual([expect.stringMatching(/: cancelled after 0 s; the next update resumes the wait$/)]);
    expect(emulator.requests()).toHaveLength(sent);
  });

  it("aborts a request that is not answered", async () => {
    const { taskId } = addRunningTask();
    emulator.replyNext({ route: "any", delaySeconds: 30, times: 10 });
    const failed = failureOf({ __provider: texts.task, taskId });
    await untilRequests(1);
    const cancelledMs = performance.now();
    await cancel();
    expect((await failed).endedMs - cancelledMs).toBeLessThan(1000);
  });

  it("ends the retries of a deletion, whose resource then stays", async () => {
    const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS" }] });
    emulator.replyNext({ route: "deleteTask", status: 503, times: 100 });
    const request = new messages.DeleteRequest();
    request.setId(`kafka/${emulator.projectId}/${emulator.instanceId}/${taskId}`);
    request.setProperties(
      propertiesOf({ __provider: texts.deleting, instanceId: emulator.instanceId, taskId, status: "SUCCESS" }),
    );
    const deleted = provider.call("delete", request).catch((error: grpc.ServiceError) => error.details);
    await untilRequests(3);
    await cancel();
    expect(await deleted).toContain("cancelled; the resource stays, and the next update deletes it");
    expect(emulator.tasks().map((task) => task.taskId)).toContain(taskId);
  });

  it("does nothing to a process that waits for nothing", async () => {
    await cancel();
    expect(provider.child.exitCode).toBeNull();
    expect(provider.printed).toBe("");
  });
});

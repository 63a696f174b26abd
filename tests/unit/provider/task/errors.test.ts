import { describeSeconds } from "../../../../provider/task/descriptions";
import { inspect } from "node:util";
import { rememberSecret } from "../../../../provider/output/secrets";
import type { ServiceError } from "../../../../provider/task/errors";
import { InstanceNotRunningError } from "../../../../provider/task/instanceNotRunning";
import {
  BackgroundTaskError,
  InvalidArgumentError,
  OutcomeUnknownError,
  RequestRefusedError,
  SettingsError,
  TaskFailedError,
  TaskNotFoundError,
  TasksFailedError,
  TransientError,
  UnknownStatusError,
  WaitTimedOutError,
  WrongEndpointError,
} from "../../../../provider/task/errors";

const subject = { instanceId: "instance", taskId: "task" };
const running = { ...subject, name: "restart", status: "EXECUTING" };
const progress = { lastSeen: running, elapsedSeconds: 1800, looks: 190 };

const sentences: [string, BackgroundTaskError, string][] = [
  [
    "a failed task",
    new TaskFailedError({
      ...running,
      status: "FAILED",
      createdAt: "2020-06-15T08:55:53.606Z",
      updatedAt: "2020-06-15T08:55:56.600Z",
      params: '{"a":1}',
    }),
    "background task restart (id task) of instance instance ended with status FAILED (started 2020-06-15T08:55:53.606Z, " +
      'ended 2020-06-15T08:55:56.600Z, parameters {"a":1}). The service records no reason; check the instance in the ' +
      "console. After you have repeated the operation, change taskId or a value in triggers to wait for the new task.",
  ],
  [
    "a failed task of which the service tells nothing else",
    new TaskFailedError({ ...subject, status: "CANCELLED" }),
    "background task task of instance instance ended with status CANCELLED. The service records no reason; check " +
      "the instance in the console. After you have repeated the operation, change taskId or a value in triggers to wait " +
      "for the new task.",
  ],
  [
    "a failed task that was found by its name",
    new TaskFailedError({ ...subject, status: "FAILED", failReason: "no quota" }, "resource by name"),
    "background task task of instance instance ended with status FAILED: no quota. To wait for a new task of the name, " +
      "add or change a value in triggers in the update that repeats the operation; if it was repeated before, set " +
      "createdAfter to a time just before that.",
  ],
  [
    "a failed task that a function or the command waited for by its id",
    new TaskFailedError({ ...subject, status: "FAILED", failReason: "no quota" }, "call by id"),
    "background task task of instance instance ended with status FAILED: no quota. After you have repeated the " +
      "operation, wait again with the id of the new task.",
  ],
  [
    "a failed task that a function or the command waited for by its name",
    new TaskFailedError({ ...subject, status: "FAILED", failReason: "no quota" }, "call by name"),
    "background task task of instance instance ended with status FAILED: no quota. After you have repeated the " +
      "operation, wait again: the newest task of the name counts.",
  ],
  [
    "a deadline",
    new WaitTimedOutError(subject, progress),
    "background task restart (id task) of instance instance has not ended after 30 min and 190 looks: its last status " +
      "was EXECUTING. The service keeps working on it.\n" +
      "Run the update again to resume the wait, or set a longer timeoutSeconds.",
  ],
  [
    "a deadline before the task appeared, amid an outage",
    new WaitTimedOutError(subject, { elapsedSeconds: 2.04, looks: 1 }, new TransientError("nobody answered")),
    "background task task of instance instance has not ended after 2 s and 1 look: it never appeared, and the last " +
      "request failed: nobody answered.\nRun the update again to resume the wait, or set a longer timeoutSeconds.",
  ],
  [
    "a deadline of a task without a status",
    new WaitTimedOutError(subject, { ...progress, lastSeen: { ...subject, status: undefined } }),
    "background task task of instance instance has not ended after 30 min and 190 looks: its last status was missing. " +
      "The service keeps working on it.\nRun the update again to resume the wait, or set a longer timeoutSeconds.",
  ],
  [
    "a deadline at an unknown status",
    new UnknownStatusError(subject, { ...progress, lastSeen: { ...running, status: "PAUSED" }, elapsedSeconds: 119 }),
    "background task restart (id task) of instance instance has not ended after 119 s and 190 looks: its last status " +
      "was PAUSED, which is unknown. The service keeps working on it.\n" +
      "Run the update again to resume the wait, or set a longer timeoutSeconds.",
  ],
  [
    "a deadline of all of an instance's tasks",
    new WaitTimedOutError({ instanceId: "instance" }, { elapsedSeconds: 6.9993, looks: 3 }, undefined, "seen", true),
    "background tasks of instance instance have not ended after 7 s and 3 looks: seen. The service keeps working on " +
      "them.\nRun the update again to resume the wait, or set a longer timeoutSeconds.",
  ],
  [
    "a deadline of an instance whose status lags",
    new WaitTimedOutError({ instanceId: "instance" }, { elapsedSeconds: 7, looks: 3 }, undefined, "seen", "instance"),
    "instance instance was not seen RUNNING after 7 s and 3 looks: seen.\n" +
      "Run the update again to resume the wait, or set a longer timeoutSeconds.",
  ],
  [
    "an instance that does not run",
    new InstanceNotRunningError({ instanceId: "instance" }, progress, "EXTENDEDFAILED", [
      { ...running, status: "FAILED" },
    ]),
    "instance instance has the status EXTENDEDFAILED: it accepts no operation, and this does not change by itself " +
      "(failed: restart (id task) FAILED). Check the instance in the console. Once it is RUNNING, run the update again.",
  ],
  [
    "several failed tasks",
    new TasksFailedError("instance", [
      { ...running, status: "FAILED" },
      { ...subject, status: "CANCELLED" },
    ]),
    "2 background tasks of instance instance failed: restart (id task) FAILED, without a name (id task) CANCELLED. " +
      "After you have repeated the operations, change a value in the triggers of the QuietInstance to wait again.",
  ],
  [
    "a missing task",
    new TaskNotFoundError(subject, "task", { elapsedSeconds: 60, looks: 20 }, "HTTP 404"),
    "background task task was not found on instance instance in 60 s and 20 looks (HTTP 404). Check the task's id, the " +
      "project and the region.",
  ],
  [
    "a missing instance",
    new TaskNotFoundError(subject, "instance", { elapsedSeconds: 0, looks: 1 }),
    "instance instance of background task task was not found in 0 s and 1 look. Check the instance's id, the project " +
      "and the region.",
  ],
  [
    "a record that disappeared",
    new OutcomeUnknownError(subject, { ...progress, elapsedSeconds: 130 }),
    "the record of background task restart (id task) of instance instance disappeared after 2 min and 190 looks, " +
      "while the task was in progress: its last status was EXECUTING. The outcome is unknown. Check the instance in the " +
      "console, and repeat the operation if it did not succeed.",
  ],
  ["bad arguments", new InvalidArgumentError(["one.", "another."]), "one.\nanother."],
];

test.each(sentences)("%s is one sentence that says what was waited for, what was seen and what to do", (...row) => {
  const [, error, message] = row;
  expect(error.message).toBe(message);
});

test("an error's class, name and task tell programs what it is", () => {
  for (const [, error] of sentences) {
    expect(error).toBeInstanceOf(BackgroundTaskError);
    expect(error.name).toBe(error.constructor.name);
  }
  const failed = new TaskFailedError({ ...running, status: "FAILED" });
  expect(failed).toMatchObject({ subject, task: { status: "FAILED" } });
  expect(new SettingsError("x").name).toBe("SettingsError");
});

test.each([RequestRefusedError, WrongEndpointError, TransientError])(
  "many waits share one refusal, and each names its own task: %p",
  (Class) => {
    const shared: ServiceError = new Class("refused", { httpStatus: 403, code: "DMS.00403002" });
    const other = { instanceId: "instance", taskId: "other" };
    const errors = [shared.duringWait(subject, progress), shared.duringWait(other, { elapsedSeconds: 1, looks: 1 })];
    expect(errors.map(({ message }) => message)).toEqual([
      "waiting for background task task of instance instance: refused",
      "waiting for background task other of instance instance: refused",
    ]);
    expect(errors[1]).toBeInstanceOf(Class);
    expect(errors[1]).toMatchObject({ httpStatus: 403, code: "DMS.00403002", subject: other, progress: { looks: 1 } });
    expect(shared.subject).toBeUndefined();
  },
);

test("an error keeps the error that caused it", () => {
  const cause = new TransientError("v1.2 did not answer.");
  expect(new WaitTimedOutError(subject, progress, cause).cause).toBe(cause);
  const refused = new RequestRefusedError("refused", { cause });
  expect(refused.cause).toBe(cause);
  expect(refused.duringWait(subject, progress).cause).toBe(cause);
});

test("a cause within a sentence loses its full stop, and nothing else", () => {
  const cause = new TransientError("v1.2 did not answer.");
  expect(new WaitTimedOutError(subject, progress, cause).message).toContain(
    ", and the last request failed: v1.2 did not answer. The service",
  );
});

test.each([
  [0, "0 s"],
  [2.34, "2.3 s"],
  [9.96, "10 s"],
  [10.4, "10 s"],
  [119.4, "119 s"],
  [120, "2 min"],
  [149, "2 min"],
  [151, "3 min"],
])("%d seconds in words are %s", (seconds, words) => {
  expect(describeSeconds(seconds)).toBe(words);
});

it("a service's code is shown masked, and kept where it holds no secret", () => {
  rememberSecret("hunter2-of-a-code");
  const error = new RequestRefusedError("no", { httpStatus: 400, code: "hunter2-of-a-code\u001b[2J" });
  expect(error.code).toBe("*** [2J");
  expect(inspect(error)).not.toContain("hunter2");
  expect(new TransientError("no", { code: "DMS.10240407" }).duringWait(subject, progress).code).toBe("DMS.10240407");
});

import type { ServiceError } from "../../../../provider/task/errors";
import {
  BackgroundTaskError,
  InvalidArgumentError,
  OutcomeUnknownError,
  RequestRefusedError,
  SettingsError,
  TaskFailedError,
  TaskNotFoundError,
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
    "background task restart (id task) of instance instance ended with status FAILED (began 2020-06-15T08:55:53.606Z, " +
      'ended 2020-06-15T08:55:56.600Z, parameters {"a":1}). The service keeps no reason with a task: the instance\'s ' +
      "page on the console may tell more. Once the operation has been repeated, wait for its new task: change taskId, " +
      "or a value in triggers.",
  ],
  [
    "a failed task of which the service tells nothing else",
    new TaskFailedError({ ...subject, status: "CANCELLED" }),
    "background task task of instance instance ended with status CANCELLED. The service keeps no reason with a task: " +
      "the instance's page on the console may tell more. Once the operation has been repeated, wait for its new task: " +
      "change taskId, or a value in triggers.",
  ],
  [
    "a deadline",
    new WaitTimedOutError(subject, progress),
    "background task restart (id task) of instance instance had not ended after 30 min and 190 looks: its last status " +
      "was EXECUTING. The work goes on at the service: run the update again to resume the wait, or allow it more " +
      "timeoutSeconds.",
  ],
  [
    "a deadline before the task was ever seen, amid an outage",
    new WaitTimedOutError(subject, { elapsedSeconds: 2.04, looks: 1 }, new TransientError("nobody answered")),
    "background task task of instance instance had not ended after 2 s and 1 look: it was never seen, and the last " +
      "request failed: nobody answered. The work goes on at the service: run the update again to resume the wait, or " +
      "allow it more timeoutSeconds.",
  ],
  [
    "a deadline of a task without a status",
    new WaitTimedOutError(subject, { ...progress, lastSeen: { ...subject, status: undefined } }),
    "background task task of instance instance had not ended after 30 min and 190 looks: its last status was missing. " +
      "The work goes on at the service: run the update again to resume the wait, or allow it more timeoutSeconds.",
  ],
  [
    "a deadline at an unknown status",
    new UnknownStatusError(subject, { ...progress, lastSeen: { ...running, status: "PAUSED" }, elapsedSeconds: 119 }),
    "background task restart (id task) of instance instance had not ended after 119 s and 190 looks: its last status " +
      "was PAUSED, which is not a known one. The work goes on at the service: run the update again to resume the wait, " +
      "or allow it more timeoutSeconds.",
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
    "instance instance was not found, so neither was its background task task in 0 s and 1 look. Check the " +
      "instance's id, the project and the region.",
  ],
  [
    "a record that disappeared",
    new OutcomeUnknownError(subject, { ...progress, elapsedSeconds: 130 }),
    "the record of background task restart (id task) of instance instance disappeared while it was in progress: its " +
      "last status was EXECUTING, 2 min and 190 looks into the wait. How it ended is unknown: look at the instance, and " +
      "repeat the operation if need be.",
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

import type { Identity } from "../../../../provider/identity/identity";
import { deleteRecordWith, showInstanceWith, showJobWith, showTaskWith } from "../../../../provider/service/client";
import { bounds, identity, subject } from "./answeringIdentity";

describe("an id that would lead to another path", () => {
  const odd = { ...subject, taskId: ".." };
  it.each<[string, (sender: Identity) => Promise<unknown>]>([
    ["the task's, in a look", (sender) => showTaskWith(sender, "kafka")(odd, bounds)],
    ["the instance's, in a look", (sender) => showTaskWith(sender, "kafka")({ ...subject, instanceId: "." }, bounds)],
    ["the instance's, in a look at itself", (sender) => showInstanceWith(sender, "kafka")("..", bounds)],
    ["the job's", (sender) => showJobWith(sender, "dcs")(odd, bounds)],
    ["the task's, in a deletion", (sender) => deleteRecordWith(sender, "kafka")(odd, bounds)],
    [
      "the project's",
      ({ send }) =>
        showTaskWith({ send: (request) => send({ ...request, path: () => request.path("..") }, bounds) }, "kafka")(
          subject,
          bounds,
        ),
    ],
  ])("is not sent: %s", async (_what, ask) => {
    const { sender, urls } = identity(200, { tasks: [] });
    await expect(ask(sender)).rejects.toThrow(
      /^an id in a path must consist of letters.* but is "\.{1,2}": nothing was sent/,
    );
    expect(urls).toEqual([]);
  });
});

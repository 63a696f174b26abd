import * as pulumi from "@pulumi/pulumi";
import { getBackgroundTask } from "../../../../provider/functions/getBackgroundTask";
import { getBackgroundTasks } from "../../../../provider/functions/getBackgroundTasks";
import type { RequestBounds } from "../../../../provider/http/exchange";
import type { GrantedReply, ProjectRequest } from "../../../../provider/identity/identity";
import { TransientError } from "../../../../provider/task/errors";

type Answer = (url: string, bounds: RequestBounds) => Promise<GrantedReply>;
let answer: Answer;
let sent: string[];
let bounded: RequestBounds[];
jest.mock("../../../../provider/functions/programConfiguration", () => ({
  stackDefaultsInProgram: () => ({ defaults: {}, faults: [] }),
  identityInProgram: () => ({
    send: ({ path }: ProjectRequest, bounds: RequestBounds) => {
      sent.push(path("project"));
      bounded.push(bounds);
      return answer(path("project"), bounds);
    },
  }),
}));

const runsInPreview = (isPreview: boolean) =>
  (pulumi.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(isPreview);
const warnings = () => jest.mocked(pulumi.log.warn).mock.calls.map(([message]) => message);

beforeEach(() => {
  [sent, bounded] = [[], []];
  jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
  jest.spyOn(pulumi.log, "info").mockResolvedValue(undefined);
});
afterEach(() => {
  runsInPreview(false);
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const silence = () => new Promise<never>(() => undefined);
const after = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));
const noJob = { projectId: "project", reply: { httpStatus: 404, body: {}, header: () => undefined } };

describe("a preview's one look", () => {
  it.each<[string, Answer, () => Promise<unknown>, number]>([
    ["at a task", silence, () => getBackgroundTask({ instanceId: "i", taskId: "t" }), 1],
    ["at a name", silence, () => getBackgroundTask({ instanceId: "i", name: "restart", createdAfter: new Date(0) }), 1],
    ["at a list", silence, () => getBackgroundTasks({ instanceId: "i" }), 1],
    [
      "at a job, then a list, which count as one",
      (url) => (url.includes("/jobs/") ? after(4000, noJob) : silence()),
      () => getBackgroundTask({ instanceId: "i", taskId: "t", service: "dcs" }),
      2,
    ],
  ])("takes 5 s in all of a silent service: %s", async (_what, answers, look, requests) => {
    jest.useFakeTimers();
    runsInPreview(true);
    answer = answers;
    let isOver = false;
    const looked = look().finally(() => (isOver = true));
    await jest.advanceTimersByTimeAsync(4990);
    expect(isOver).toBe(false);
    await jest.advanceTimersByTimeAsync(20);
    expect(isOver).toBe(true);
    await looked;
    expect(sent).toHaveLength(requests);
    expect(warnings()).toEqual([expect.stringContaining("did not answer within 5 s")]);
    // Nobody waits for the answer any longer.
    expect(bounded.at(-1)!.signal!.aborted).toBe(true);
  });
});

describe("one look of the function, with wait: false,", () => {
  it.each([
    ["by id", { taskId: "t" }],
    ["by name", { name: "restart" }],
  ])("is not repeated when the service is busy: %s", async (_what, args) => {
    answer = () => Promise.reject(new TransientError("busy", { httpStatus: 503 }));
    const looked = getBackgroundTask({ instanceId: "i", ...args, wait: false });
    await expect(looked).rejects.toMatchObject({ name: "TransientError", httpStatus: 503, progress: { looks: 1 } });
    expect(sent).toHaveLength(1);
  });
});

describe("a list, which has no wait: false,", () => {
  it("is asked for again while the service is busy, until timeoutSeconds are over", async () => {
    jest.useFakeTimers();
    jest.spyOn(Math, "random").mockReturnValue(0);
    answer = () => Promise.reject(new TransientError("busy", { httpStatus: 503 }));
    const listed = getBackgroundTasks({ instanceId: "i", timeoutSeconds: 20 });
    const failed = expect(listed).rejects.toMatchObject({ httpStatus: 503, progress: { elapsedSeconds: 20 } });
    await jest.advanceTimersByTimeAsync(19_000);
    const sentBefore = sent.length;
    expect(sentBefore).toBeGreaterThan(3);
    await jest.advanceTimersByTimeAsync(1000);
    await failed;
    expect(sent).toHaveLength(sentBefore + 1);
  });
});

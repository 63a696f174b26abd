import { once } from "node:events";
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { eachProvider } from "./eachProvider";
import { create, diff, initFailure, read, update } from "./providerCalls";
import { propertiesOf, providerText } from "./startedProvider";

// The real provider process, spoken to as the engine does, with the text of the provider that states hold.

const { emulator, start } = eachProvider();

const idOf = (taskId: string) => `kafka/${emulator().projectId}/${emulator().instanceId}/${taskId}`;
const looks = () => emulator().counts()["showTask"] ?? 0;

describe("the provider process", () => {
  it.each(["environment", "configuration"])("waits with the settings of the %s", async (source) => {
    const { OS_USERNAME, OS_PASSWORD, ...others } = emulator().env as { OS_USERNAME: string; OS_PASSWORD: string };
    const started =
      source === "environment"
        ? await start({}, emulator().env)
        : await start({ userName: OS_USERNAME, password: OS_PASSWORD }, others);
    const { taskId } = emulator().addTask({
      name: "restart",
      progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 1 }],
    });

    const reply = await create(started, { instanceId: emulator().instanceId, taskId });

    expect(reply.getId()).toBe(idOf(taskId));
    expect(reply.getProperties()!.toJavaScript()).toMatchObject({
      taskId,
      status: "SUCCESS",
      __provider: providerText,
    });
  });

  it("returns what is wrong with the inputs, without a request", async () => {
    const { call } = await start({}, emulator().env);
    const request = new messages.CheckRequest();
    request.setOlds(propertiesOf({}));
    request.setNews(propertiesOf({ instanceId: "", taskId: "t" }));
    const reply = await call<messages.CheckResponse>("check", request);
    expect(reply.getInputs()!.toJavaScript()).toEqual({ instanceId: "", taskId: "t", __provider: providerText });
    const failures = reply.getFailuresList().map((failure) => [failure.getProperty(), failure.getReason()]);
    expect(failures).toEqual([["instanceId", "instanceId must not be empty"]]);
    expect(emulator().requests()).toEqual([]);
  });

  it("records a failed task with its id, its message, and the text without which it could not be destroyed", async () => {
    const started = await start({}, emulator().env);
    const { taskId } = emulator().addTask({ name: "restart", progress: [{ status: "FAILED" }] });
    const error = await create(started, { instanceId: emulator().instanceId, taskId }).catch(
      (thrown: unknown) => thrown,
    );
    const failure = initFailure(error);
    expect(failure.getId()).toBe(idOf(taskId));
    expect((error as grpc.ServiceError).details).toBe(failure.getReasonsList()[0]);
    expect(failure.getReasonsList()).toEqual([expect.stringContaining("ended with status FAILED")]);
    expect(failure.getProperties()!.toJavaScript()).toMatchObject({ status: "FAILED", __provider: providerText });
  });

  it.each([
    ["a wrong password", { OS_PASSWORD: "wrong" }, "was refused (HTTP 401"],
    ["no project", { OS_PROJECT_ID: "" }, "no project is set: set opentelekomcloud:tenantId"],
  ])("says what is wrong with %s, and records the resource", async (_what, env, reason) => {
    const started = await start({}, { ...emulator().env, OS_PROJECT_NAME: "", ...env });
    const inputs = { instanceId: emulator().instanceId, taskId: emulator().taskId };
    const failure = initFailure(await create(started, inputs).catch((thrown: unknown) => thrown));
    expect(failure.getReasonsList()).toEqual([expect.stringContaining(reason)]);
    expect(failure.getReasonsList()[0]).not.toContain("wrong");
    expect(failure.getProperties()!.toJavaScript()).toMatchObject({ ...inputs, __provider: providerText });
  });

  it("resumes a wait whose deadline passed by an update, and has no changes then", async () => {
    const started = await start({}, emulator().env);
    const { taskId } = emulator().addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
    const inputs = { instanceId: emulator().instanceId, taskId, timeoutSeconds: 0.3 };
    const failure = initFailure(await create(started, inputs).catch((thrown: unknown) => thrown));
    expect(failure.getReasonsList()).toEqual([expect.stringMatching(/has not ended after .*EXECUTING/)]);
    const olds = failure.getProperties()!.toJavaScript();
    expect(await diff(started, failure.getId(), olds, inputs)).toEqual({
      changes: messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: [],
    });

    emulator().setTaskProgress(taskId, [{ status: "SUCCESS" }]);
    const updated = await update(started, failure.getId(), olds, inputs);

    expect(updated).toMatchObject({ ...inputs, name: "restart", status: "SUCCESS", __provider: providerText });
    expect(await diff(started, failure.getId(), updated, inputs)).toEqual({
      changes: messages.DiffResponse.DiffChanges.DIFF_NONE,
      replaces: [],
    });
  });

  it("records other timeouts without a request", async () => {
    const started = await start({}, emulator().env);
    const inputs = { instanceId: emulator().instanceId, taskId: emulator().taskId };
    const olds = (await create(started, inputs)).getProperties()!.toJavaScript();
    const sent = emulator().requests().length;
    const updated = await update(started, idOf(emulator().taskId), olds, { ...inputs, timeoutSeconds: 5 });
    expect(updated).toEqual({ ...olds, timeoutSeconds: 5 });
    expect(emulator().requests()).toHaveLength(sent);
  });

  it("keeps what it knew of a task when an update fails", async () => {
    const started = await start({}, emulator().env);
    const { taskId } = emulator().addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
    const inputs = { instanceId: emulator().instanceId, taskId, wait: false };
    const olds = (await create(started, inputs)).getProperties()!.toJavaScript();
    emulator().replyNext({ route: "showTask", status: 403, code: "DMS.00403002", message: "forbidden" });
    const error = await update(started, idOf(taskId), olds, { ...inputs, wait: true }).catch((e: unknown) => e);
    const failure = initFailure(error);
    expect(failure.getReasonsList()).toEqual([
      expect.stringContaining("HTTP 403, DMS.00403002: forbidden. The permission dms:instance:getBackgroundTask is"),
    ]);
    expect(failure.getProperties()!.toJavaScript()).toEqual({ ...olds, wait: true });
  });

  it("reads a task by its id alone, once, and a task that has ended not at all", async () => {
    const started = await start({}, emulator().env);
    const { taskId } = emulator().addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
    const seen = await read(started, idOf(taskId), {});
    expect(seen).toMatchObject({
      taskId,
      instanceId: emulator().instanceId,
      projectId: emulator().projectId,
      status: "EXECUTING",
      __provider: providerText,
    });
    expect(looks()).toBe(1);

    emulator().removeTask(taskId);
    expect(await read(started, idOf(taskId), seen)).toEqual(seen);
    expect(looks()).toBe(2);

    const ended = { ...seen, status: "FAILED" };
    expect(await read(started, idOf(taskId), ended)).toEqual(ended);
    expect(looks()).toBe(2);
  });

  it("fails to read what is nowhere, with a message and without a stack", async () => {
    const started = await start({}, emulator().env);
    const [nowhere, malformed] = [idOf("0".repeat(32)), "no-such-id"];
    await expect(read(started, nowhere, {})).rejects.toThrow(
      `background task ${"0".repeat(32)} of instance ${emulator().instanceId} was not found`,
    );
    await expect(read(started, malformed, {})).rejects.toThrow('must be "service/project/instance/task"');
    expect(started.printed).not.toMatch(/^\s+at /m);
  });

  it("tells of the wait on the resource's row: the outcome to stay, a status before it to be replaced", async () => {
    const started = await start({}, emulator().env);
    const { taskId } = emulator().addTask({
      name: "restart",
      progress: [
        { status: "EXECUTING" },
        { status: "PAUSED", afterSeconds: 6.5 },
        { status: "SUCCESS", afterSeconds: 12.5 },
      ],
    });
    const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/otc:BackgroundTask::bound";
    const reply = await create(started, { instanceId: emulator().instanceId, taskId, resourceUrn: urn });

    const messages = started.engine.messages.filter(({ severity }) => severity !== "debug");
    expect(messages).toEqual([
      { urn, severity: "info", isEphemeral: true, message: "restart EXECUTING" },
      { urn, severity: "warning", isEphemeral: false, message: "restart has the unknown status PAUSED: still waiting" },
      { urn, severity: "info", isEphemeral: false, message: "restart SUCCESS after 13 s" },
    ]);
    expect(started.engine.messages).toContainEqual({
      urn,
      severity: "debug",
      isEphemeral: false,
      message: expect.stringMatching(/^the next look comes in \d\.\d\d s: nothing known of its duration/) as string,
    });
    expect(reply.getProperties()!.toJavaScript()).not.toHaveProperty("resourceUrn");
  });

  it("ends itself within ten seconds after the engine is gone", async () => {
    const started = await start({}, emulator().env);
    const { taskId } = emulator().addTask({ name: "restart" });
    void create(started, { instanceId: emulator().instanceId, taskId }).catch(() => undefined);
    while (!emulator().counts()["listTasks"]) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const goneMs = performance.now();
    started.engine.close();
    await once(started.child, "exit");
    expect(performance.now() - goneMs).toBeLessThan(10_000);
  });
});

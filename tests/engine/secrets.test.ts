import path from "node:path";
import { textOf } from "./folderText";
import { failed, inScenario, program, succeeded } from "./scenario";

const files = program(`
const operation = new BackgroundTask("operation", { instanceId, taskId, timeoutSeconds: 2 });
exports.looked = getBackgroundTaskOutput({ instanceId, taskId, timeoutSeconds: 2 }).status;
exports.status = operation.status;
`);

/** What every token of the emulator, and of the service, looks like. */
const tokenText = /MIIE[A-Za-z0-9+/]{100}/;

describe("neither password nor token", () => {
  it.each(["environment", "configuration"])(
    "is in the state, the CLI's output, an error or the emulator's log, when set by the %s",
    async (source) => {
      const log: string[] = [];
      const emulator = { log: (line: string) => void log.push(line) };
      const fromConfig = source === "configuration";
      const env: Record<string, string> = fromConfig ? { OS_USERNAME: "", OS_PASSWORD: "" } : {};
      await inScenario({ files, emulator, env }, async ({ emulator, stack }) => {
        if (fromConfig) {
          await stack.setConfig("opentelekomcloud:userName", emulator.username);
          await stack.setConfig("opentelekomcloud:password", emulator.password, { secret: true });
        }
        const { taskId } = emulator.addTask({ name: "restart" });
        await stack.setConfig("program:taskId", taskId);
        const printed: string[] = [];

        // A deadline, a service that echoes the password, a success, a refresh: each writes state and messages.
        printed.push(failed(await stack.up({ args: ["--logtostderr", "-v=3"] })));
        emulator.replyNext({
          route: "showTask",
          status: 403,
          code: "DMS.00403002",
          message: `no, ${emulator.password}`,
        });
        printed.push(failed(await stack.up()));
        expect(printed.at(-1)).toContain("no, ***");
        emulator.setTaskProgress(taskId, [{ status: "FAILED" }]);
        printed.push(failed(await stack.up()));
        expect(printed.at(-1)).toContain("ended with status FAILED");
        const good = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS" }] });
        await stack.setConfig("program:taskId", good.taskId);
        printed.push(succeeded(await stack.up()));
        printed.push(succeeded(await stack.refresh()));

        expect(emulator.counts()["createToken"]).toBeGreaterThan(0);
        const recorded = JSON.stringify(await stack.exportState()) + (await textOf(path.dirname(stack.programDir)));
        expect(recorded).toContain(good.taskId);
        for (const text of [printed.join("\n"), log.join("\n"), JSON.stringify(emulator.requests()), recorded]) {
          expect(text.includes(emulator.password)).toBe(false);
          expect(text).not.toMatch(tokenText);
        }
      });
    },
  );
});

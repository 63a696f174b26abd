import path from "node:path";
import type { Emulator } from "../../emulator";
import { selfSignedCertificate } from "../unit/provider/http/certificate";
import { textOf } from "./folderText";
import { failed, inScenario, program, succeeded } from "./scenario";

const files = program(`
const operation = new BackgroundTask("operation", { instanceId: config.require("instanceId"), taskId, timeoutSeconds: 10 });
exports.looked = getBackgroundTaskOutput({ instanceId: config.require("instanceId"), taskId, timeoutSeconds: 10 }).status;
exports.status = operation.status;
`);

interface Case {
  /** Secret values by their keys of the configuration. */
  secrets: (emulator: Emulator) => { [key: string]: string };
  plain?: (emulator: Emulator) => { [key: string]: string };
}

const byAgency = (emulator: Emulator) => ({
  agencyName: emulator.agencyName,
  agencyDomainName: emulator.agencyDomainName,
  delegatedProject: emulator.agencyProjectName,
});
const client = selfSignedCertificate();

const cases: [string, Case][] = [
  [
    "an access key, and a client's key",
    {
      secrets: ({ secretKey }) => ({ secretKey, key: client.key }),
      plain: ({ accessKey }) => ({ accessKey, cert: client.cert }),
    },
  ],
  [
    "a temporary access key",
    {
      secrets: (emulator) => {
        const { accessKey, secretKey, securityToken } = emulator.issueTemporaryKey();
        return { accessKey, secretKey, securityToken };
      },
    },
  ],
  [
    "a password and a passcode",
    {
      secrets: (emulator) => ({ password: emulator.password, passcode: emulator.passcode() }),
      plain: ({ userId }) => ({ userId }),
    },
  ],
  [
    "an agency on top of an access key",
    {
      secrets: ({ secretKey }) => ({ secretKey }),
      plain: (emulator) => ({ accessKey: emulator.accessKey, ...byAgency(emulator) }),
    },
  ],
];

describe("secrets that `pulumi config set --secret` keeps", () => {
  it.each(cases)("serve both forms, and are in clear nowhere: %s", async (title, { secrets, plain }) => {
    const nowMs = Date.now();
    const withPasscode = title.includes("passcode");
    // A passcode is good for half a minute: time stands still.
    const emulator = withPasscode ? { account: { requiresPasscode: true }, now: () => nowMs } : {};
    const unset = { OS_USERNAME: "", OS_PASSWORD: "", OS_PROJECT_ID: "" };
    const proxyPassword = "p-of-a-proxy-that-is-not-asked";
    const env = {
      ...unset,
      PULUMI_OTC_DEBUG: "1",
      HTTPS_PROXY: `http://u:${proxyPassword}@127.0.0.1:9`,
      // npm's and the engine's own calls.
      NO_PROXY: "localhost,127.0.0.1",
    };
    await inScenario({ files, emulator, env }, async ({ emulator, stack }) => {
      const projectId = title.includes("agency") ? emulator.agencyProjectId : emulator.projectId;
      const instanceId = emulator.addInstance({ projectId });
      const { taskId } = emulator.addTask({ instanceId, name: "restart", progress: [{ status: "SUCCESS" }] });
      const held = secrets(emulator);
      for (const [key, value] of Object.entries(held)) {
        await stack.setConfig(`opentelekomcloud:${key}`, value, { secret: true });
      }
      for (const [key, value] of Object.entries(plain?.(emulator) ?? {})) {
        await stack.setConfig(`opentelekomcloud:${key}`, value);
      }
      await stack.setConfig("program:instanceId", instanceId);
      await stack.setConfig("program:taskId", taskId);

      const printed = [succeeded(await stack.up({ args: ["--logtostderr", "-v=3"] }))];
      expect(await stack.outputs()).toMatchObject({ looked: "SUCCESS", status: "SUCCESS" });
      // Seen from the program and from the provider process.
      expect(printed[0]!.match(/otc-background-task: settings: /g)!.length).toBeGreaterThanOrEqual(2);
      expect(printed[0]).toMatch(
        /otc-background-task: GET http:\/\/127\.0\.0\.1:\d+\/v2\/\w+\/instances\/[\w-]+\/tasks(\/\w+)? 200 \d+ ms/,
      );

      const { taskId: unknown } = emulator.addTask({ instanceId, name: "restart", progress: [{ status: "FAILED" }] });
      await stack.setConfig("program:taskId", unknown);
      for (const route of ["listTasks", "showTask"] as const) {
        const message = `no, ${Object.values(held).join(" ")}`;
        emulator.replyNext({ route, times: 2, status: 403, code: "DMS.00403002", message });
      }
      printed.push(failed(await stack.up()));
      // An access key is no secret of ours; where the configuration calls it one, the CLI hides it by itself.
      expect(printed.at(-1)).toMatch(/no, (\[secret\] )?\*\*\*/);

      const recorded = JSON.stringify(await stack.exportState()) + (await textOf(path.dirname(stack.programDir)));
      expect(recorded).toContain(taskId);
      const words = [...Object.entries(held).filter(([key]) => key !== "accessKey"), ["proxy", proxyPassword]]
        .flatMap(([, value]) => value!.split("\n"))
        .filter((line) => line.length >= 6 && !line.startsWith("-----"));
      for (const text of [printed.join("\n"), JSON.stringify(emulator.requests()), recorded]) {
        for (const word of words) {
          expect(text.includes(word)).toBe(false);
        }
        expect(text).not.toMatch(/MIIE[A-Za-z0-9+/]{100}|Signature=[0-9a-f]{16}/);
      }
    });
  });
});

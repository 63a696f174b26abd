import path from "node:path";
import { startCommand } from "../../engine/runningCommand";
import { inScenario, noSettings, program } from "./scenario";

const main = path.join(__dirname, "..", "..", "bin", "cli", "main.js");

describe("the command with --stack, in a program's folder", () => {
  it("reads the stack's configuration, secrets included, and prints none", async () => {
    await inScenario({ files: program(""), env: noSettings }, async ({ emulator, stack }) => {
      const run = async (...args: string[]) => {
        const options = { cwd: stack.programDir, env: stack.env, inherit: false };
        const { exitCode, stdout, stderr } = await startCommand(process.execPath, [main, ...args], options).finished;
        expect(stdout + stderr).not.toContain(emulator.secretKey);
        return { exitCode, printed: stdout + stderr };
      };
      const { authUrl, region, projectName, accessKey, secretKey, instanceId } = emulator;
      for (const [key, value] of Object.entries({ authUrl, region, tenantName: projectName, accessKey })) {
        await stack.setConfig(`opentelekomcloud:${key}`, value);
      }
      await stack.setConfig("opentelekomcloud:secretKey", secretKey, { secret: true });

      expect((await run("tasks", instanceId)).exitCode).toBe(3);
      const tasks = await run("tasks", instanceId, "--stack", stack.name);
      expect(tasks.printed).toContain("changeRetentionPolicy");
      expect(tasks.exitCode).toBe(0);

      const doctor = await run("doctor", instanceId, "--stack", stack.name);
      expect(doctor.printed).toMatch(/^ok +configuration +of stack dev was read$/m);
      expect(doctor.printed).toMatch(
        /^ok +setting +secretKey \(opentelekomcloud:secretKey in the Pulumi configuration\)$/m,
      );
      expect(doctor.printed).toMatch(/^ok +Pulumi CLI +v?\d+\.\d+\.\d+/m);
      expect(doctor.exitCode).toBe(0);

      const other = await run("doctor", "--stack", "other");
      expect(other.printed).toMatch(
        /^fault +settings +the Pulumi CLI does not show the configuration of stack other: .*no stack named 'other'/m,
      );
      expect(other.exitCode).toBe(1);
    });
  });
});

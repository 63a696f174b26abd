import path from "node:path";
import { repositoryRoot } from "../engine/repositoryRoot";
import { createdTypes } from "./demoEvidence";
import type { Observation, Scene } from "./demoReport";

/** A stop before a resource is created, a violation after the update, and an update that passes. */
export async function showPolicies({ emulator, stack, report }: Scene): Promise<void> {
  const add = (name: string, status: string) => emulator.addTask({ name, progress: [{ status }] }).taskId;
  await stack.setConfig("policy-pack:bindTaskId", add("bindInstancePublicIp", "SUCCESS"));
  await stack.setConfig("policy-pack:restartTaskId", add("restart", "FAILED"));
  const resize = add("extendInstance", "EXECUTING");
  const args = await stack.policyPack({ dir: path.join(repositoryRoot, "examples", "policy-pack", "pack") });
  const up = async (isToFail: boolean, hasTopic: boolean, seen: string): Promise<Observation> => {
    const { exitCode } = await stack.up({ inherit: true, args });
    const isCreated = createdTypes(await stack.exportState()).includes("Topic");
    const asExpected = (exitCode !== 0) === isToFail && isCreated === hasTopic;
    return asExpected ? { seen } : { unexpected: `exit code ${exitCode}, topic ${isCreated ? "" : "not "}created` };
  };

  await report.step("pulumi up", "with a policy pack, while the instance has a task in progress", () =>
    up(true, false, "instance-quiet-before-change kept the topic uncreated"),
  );
  emulator.setTaskProgress(resize, [{ status: "SUCCESS" }]);
  await report.step("pulumi up", "with the same pack, after that task has ended; another task has failed", () =>
    up(true, true, "the topic was created, and background-task-succeeded failed the update"),
  );
  await stack.setConfig("policy-pack:restartTaskId", add("restart", "SUCCESS"));
  await report.step("pulumi up", "after the failed operation was repeated and succeeded", () =>
    up(false, true, "no violation"),
  );
}

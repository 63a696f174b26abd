import type { Emulator } from "../../../emulator";
import { identityFor } from "../../../provider/identity/identities";
import type { Identity } from "../../../provider/identity/identity";
import { showTaskWith } from "../../../provider/service/client";
import { readSettings } from "../../../provider/settings/settings";

export interface Environment {
  [variable: string]: string;
}

const folders = { cwd: "/nowhere", home: "/nowhere" };

/** The identity of a user of the emulator, whose environment has these variables besides. */
export function identityWith(cloud: Emulator, more: Environment = {}): Identity {
  return identityFor(readSettings({}, () => undefined, { ...cloud.env, ...more }, folders));
}

/** One look with it. */
export async function lookWith(cloud: Emulator, more: Environment = {}): Promise<unknown> {
  const { instanceId, taskId } = cloud;
  return showTaskWith(identityWith(cloud, more), "kafka")({ instanceId, taskId }, { timeoutMs: 5000 });
}

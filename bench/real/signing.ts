import { Randomness } from "../waits/randomness";
import { clientOf, type EmulatedService, startService } from "./emulatedService";
import { measureSide, type Side } from "./sharing";

// Waits on 20 instances at once, in real time against an emulator whose replies take 200 ms: with an access key, of which
// at most three signed requests are on their way, and with a password.

export type Signing = Record<"key" | "password", Side>;

/** Both sides at once. */
export async function measureSigning(seed: number): Promise<Signing> {
  const byPassword = await startService();
  const { emulator } = byPassword;
  const { accessKey: OS_ACCESS_KEY, secretKey: OS_SECRET_KEY } = emulator;
  try {
    const byKey = await clientOf(emulator, { OS_USERNAME: "", OS_PASSWORD: "", OS_ACCESS_KEY, OS_SECRET_KEY });
    emulator.replyNext({ route: "any", delaySeconds: 0.2, times: 100_000 });
    const measure = (client: EmulatedService) => measureSide(client, [tasksOf(client, seed)]);
    const [key, password] = await Promise.all([measure(byKey), measure(byPassword)]);
    return { key, password };
  } finally {
    await emulator.close();
  }
}

function tasksOf({ emulator, sharedLook }: EmulatedService, seed: number) {
  const random = new Randomness(seed);
  return Array.from({ length: 20 }, () => {
    const instanceId = emulator.addInstance();
    const look = sharedLook(instanceId);
    return { seconds: random.logUniform(2, 12), pastSeconds: [], instanceId, name: "someOperation", look };
  });
}

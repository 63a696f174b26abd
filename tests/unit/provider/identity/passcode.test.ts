import { type Emulator, startEmulator } from "../../../../emulator";
import { identityFor } from "../../../../provider/identity/identities";
import { readSettings } from "../../../../provider/settings/settings";

let emulator: Emulator;
beforeEach(async () => {
  // A passcode is good for half a minute: time stands still.
  const nowMs = Date.now();
  emulator = await startEmulator({ account: { requiresPasscode: true }, now: () => nowMs });
});
afterEach(() => emulator.close());

const path = (projectId: string) => `/v2/${projectId}/instances`;
const open = (passcode: string) => {
  const { authUrl, region, projectId, userId, password } = emulator;
  const env = {
    OS_AUTH_URL: authUrl,
    OS_REGION_NAME: region,
    OS_PROJECT_ID: projectId,
    OS_USER_ID: userId,
    OS_PASSWORD: password,
    OS_PASSCODE: passcode,
  };
  return identityFor(readSettings({}, () => undefined, env));
};
const ask = (identity: ReturnType<typeof open>) =>
  identity.send({ api: "dms", method: "GET", path }, { timeoutMs: 5000 });

test("a session opened with a passcode serves all waits; when it ends, a fresh passcode is asked for, and none is tried", async () => {
  const identity = open(emulator.passcode());
  await Promise.all(Array.from({ length: 10 }, () => ask(identity)));
  expect(emulator.counts()["createToken"]).toBe(1);
  emulator.expireTokens();
  await expect(ask(identity)).rejects.toThrow(
    "the session opened with a passcode (OS_USER_ID in the environment) has ended, and a passcode is valid for half a minute only: set a new one",
  );
  expect(emulator.counts()["createToken"]).toBe(1);
});

test("a wrong passcode is refused with what to check", async () => {
  const wrong = emulator.passcode() === "000000" ? "000001" : "000000";
  await expect(ask(open(wrong))).rejects.toThrow(/was refused \(HTTP 401.*set a new passcode/);
});

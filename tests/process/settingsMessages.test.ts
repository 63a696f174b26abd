import { eachProvider } from "./eachProvider";

const { emulator, start } = eachProvider();

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/otc:BackgroundTask::bound";
const byKey = () => {
  const { authUrl, region, projectId, accessKey, secretKey } = emulator();
  return { authUrl, region, tenantId: projectId, accessKey, secretKey };
};

async function createWith(config: { [key: string]: string }, env: { [name: string]: string } = {}) {
  const provider = await start(config, env);
  const inputs = { instanceId: emulator().instanceId, taskId: emulator().taskId, resourceUrn: urn };
  await provider.create(inputs);
  await provider.create(inputs);
  return provider;
}

it("a wrong clock and unverified certificates are warned of once, on the row of the resource that met them", async () => {
  emulator().configure({ clockSkewSeconds: 3600 });
  const { messages } = await createWith({ ...byKey(), insecure: "true" });
  expect(messages.filter(({ severity }) => severity === "warning")).toEqual([
    expect.objectContaining({ urn, message: expect.stringMatching(/^certificates are not verified/) as string }),
    expect.objectContaining({
      urn,
      message: expect.stringMatching(/^this machine's clock is about 60 minutes/) as string,
    }),
  ]);
});

it("PULUMI_OTC_DEBUG tells where each setting came from, and each request, and no secret", async () => {
  const { printed } = await createWith(byKey(), { PULUMI_OTC_DEBUG: "1", OS_REGION_NAME: "eu-nl" });
  const lines = printed.split("\n").filter((line) => line.startsWith("otc-background-task: "));
  expect(lines).toEqual([
    expect.stringContaining("region eu-de (opentelekomcloud:region in the Pulumi configuration)"),
    expect.stringMatching(/GET http:\/\/127\.0\.0\.1:\d+\/v3\/auth\/catalog 200 \d+ ms$/),
    expect.stringMatching(/GET .*\/tasks 200 \d+ ms$/),
    expect.stringMatching(/GET .*\/tasks\/\w+ 200 \d+ ms$/),
  ]);
  expect(lines[0]).toContain("secretKey (opentelekomcloud:secretKey in the Pulumi configuration)");
  expect(printed).not.toContain(emulator().secretKey);
});

it("without it nothing is printed", async () => {
  expect((await createWith(byKey())).printed).toBe("");
});

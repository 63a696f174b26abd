// Just enough of the cloud's API for this example: in a program of yours, this is what your OTC provider does.

/** Starts to set a parameter of the instance's brokers. */
exports.modifyConfig = async function modifyConfig(instanceId, name, value) {
  const { token, projectId, endpoint } = await logIn();
  const response = await fetch(`${endpoint}/v2/${projectId}/instances/${instanceId}/configs`, {
    method: "PUT",
    headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
    body: JSON.stringify({ kafka_configs: [{ name, value }] }),
  });
  if (!response.ok) {
    throw new Error(`PUT returned ${response.status}: ${await response.text()}`);
  }
};

async function logIn() {
  const { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME, OS_PROJECT_NAME } = process.env;
  if (!OS_AUTH_URL || !OS_USERNAME || !OS_PASSWORD || !OS_USER_DOMAIN_NAME || !OS_PROJECT_NAME) {
    throw new Error(
      "set OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME and OS_PROJECT_NAME, or start the emulator",
    );
  }
  const user = { name: OS_USERNAME, password: OS_PASSWORD, domain: { name: OS_USER_DOMAIN_NAME } };
  const response = await fetch(`${OS_AUTH_URL}/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      auth: {
        identity: { methods: ["password"], password: { user } },
        scope: { project: { name: OS_PROJECT_NAME, domain: user.domain } },
      },
    }),
  });
  if (!response.ok) {
    throw new Error(`logging in returned ${response.status}`);
  }
  const { token } = await response.json();
  const catalogUrl = token.catalog.find(({ type }) => type === "dmsv2").endpoints[0].url;
  return {
    token: response.headers.get("X-Subject-Token"),
    projectId: token.project.id,
    endpoint: new URL(catalogUrl).origin,
  };
}

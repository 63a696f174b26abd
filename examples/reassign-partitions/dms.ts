// Just enough of the cloud's API for this example: in a program of yours, this is what your OTC provider does.

interface Login {
  token: string;
  projectId: string;
  endpoint: string;
}

/** Begins to spread a topic's partitions over these brokers; the id of the task that does so. */
export async function reassignPartitions(instanceId: string, topic: string, brokers: number[]): Promise<string> {
  const reply = await call("POST", (projectId) => `/v2/kafka/${projectId}/instances/${instanceId}/reassign`, {
    reassignments: [{ topic, brokers }],
  });
  return (reply as { job_id: string }).job_id;
}

async function call(method: string, pathFor: (projectId: string) => string, body?: object): Promise<unknown> {
  const { token, projectId, endpoint } = await logIn();
  const response = await fetch(endpoint + pathFor(projectId), {
    method,
    headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} returned ${response.status}: ${text}`);
  }
  return text === "" ? undefined : JSON.parse(text);
}

async function logIn(): Promise<Login> {
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
  const { token } = (await response.json()) as {
    token: { project: { id: string }; catalog: { type: string; endpoints: { url: string }[] }[] };
  };
  const catalogUrl = token.catalog.find(({ type }) => type === "dmsv2")!.endpoints[0]!.url;
  return {
    token: response.headers.get("X-Subject-Token")!,
    projectId: token.project.id,
    endpoint: new URL(catalogUrl).origin,
  };
}

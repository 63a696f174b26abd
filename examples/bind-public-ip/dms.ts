// Just enough of the cloud's API for this example: in a program of yours, this is what your OTC provider does.

interface Instance {
  enable_publicip: boolean;
  public_connect_address?: string;
}

interface Login {
  token: string;
  projectId: string;
  endpoint: string;
}

export async function showInstance(instanceId: string): Promise<Instance> {
  return (await call("GET", (projectId) => `/v2/${projectId}/instances/${instanceId}`)) as Instance;
}

/** Binds the public IP with this id, or without one unbinds what is bound. */
export async function switchPublicIp(instanceId: string, publicIpId?: string): Promise<void> {
  const body = publicIpId === undefined ? {} : { publicip_id: publicIpId };
  await call("POST", (projectId) => `/v1/${projectId}/instances/${instanceId}/public-boundwidth`, body);
}

/** Resolves when no task of the instance is in progress: while one is, the service refuses to begin another. */
export async function untilIdle(instanceId: string): Promise<void> {
  for (let looks = 0; looks < 600; looks++) {
    const reply = await call("GET", (projectId) => `/v2/${projectId}/instances/${instanceId}/tasks?start=1&limit=10`);
    const { tasks } = reply as { tasks: { status: string }[] };
    if (!tasks.some(({ status }) => status === "CREATED" || status === "EXECUTING")) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`instance ${instanceId} is still busy`);
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

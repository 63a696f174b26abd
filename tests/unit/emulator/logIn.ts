import type { Emulator } from "../../../emulator";

export interface JsonReply {
  status: number;
  headers: Headers;
  body: unknown;
}

export type FetchJson = (method: string, path: string, body?: unknown) => Promise<JsonReply>;

/** A token by password, for the emulator's project unless another scope is given; and calls that bear it. */
export async function logIn(
  emulator: Emulator,
  scope: unknown = { project: { id: emulator.projectId } },
): Promise<{ token: string; fetchJson: FetchJson }> {
  const reply = await postToken(emulator, {}, scope);
  const token = reply.headers.get("x-subject-token") ?? "";
  return {
    token,
    fetchJson: (method, path, body) => callJson(emulator, method, path, { "X-Auth-Token": token }, body),
  };
}

/** The user by name, domain and right password, where `user` says nothing else. */
export function postToken(emulator: Emulator, user: object, scope?: unknown, query = ""): Promise<JsonReply> {
  const { username: name, domainName, password } = emulator;
  const full = { name, domain: { name: domainName }, password, ...user };
  const auth = { identity: { methods: ["password"], password: { user: full } }, scope };
  return callJson(emulator, "POST", `/v3/auth/tokens${query}`, {}, { auth });
}

/** A string is sent as it is, anything else as JSON. */
export async function callJson(
  emulator: Emulator,
  method: string,
  path: string,
  headers: { [name: string]: string } = {},
  body?: unknown,
): Promise<JsonReply> {
  const response = await fetch(`${emulator.url}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

export function instancePath(emulator: Emulator, version = "v2"): string {
  return `/${version}/${emulator.projectId}/instances/${emulator.instanceId}`;
}

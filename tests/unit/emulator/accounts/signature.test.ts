import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import type { SignedRequest } from "../../../../emulator/accounts/canonicalRequest";
import { isRightlySigned } from "../../../../emulator/accounts/signature";
import { useEmulator } from "../runningEmulator";

interface RecordedRequest {
  name: string;
  method: string;
  rawUrl: string;
  headers: { [name: string]: string };
  body: string;
}

interface Recording {
  source: string;
  accessKey: string;
  secretKey: string;
  requests: RecordedRequest[];
}

const recordings = ["signed-by-gophertelekomcloud", "signed-by-huaweicloud-sdk-nodejs"].map(
  (name) => JSON.parse(readFileSync(join(__dirname, `../../../recordings/${name}.json`), "utf8")) as Recording,
);
const cases = recordings.flatMap((recording) =>
  recording.requests.map((it) => [`${it.name}, ${recording.source.split(" ")[0]}`, recording, it] as const),
);
const [{ accessKey, secretKey }] = recordings as [Recording];

function isRight(recording: Recording, changed: SignedRequest): boolean {
  return isRightlySigned(changed, (key) => (key === recording.accessKey ? recording.secretKey : undefined));
}

function asSent({ method, rawUrl, headers, body }: RecordedRequest): SignedRequest {
  return { method, rawUrl, headers, body: Buffer.from(body, "utf8") };
}

/** The text with each of its bytes changed in turn: by the lowest bit, and letters to the other case. */
function* tampered(text: string): Generator<string> {
  const bytes = Buffer.from(text, "latin1");
  for (const [index, byte] of bytes.entries()) {
    for (const changed of /[a-z]/i.test(String.fromCharCode(byte)) ? [byte ^ 1, byte ^ 0x20] : [byte ^ 1]) {
      const copy = Buffer.from(bytes);
      copy[index] = changed;
      yield copy.toString("latin1");
    }
  }
}

test.each(cases)("what an official client signed is right: %s", (_case, recording, recorded) => {
  expect(isRight(recording, asSent(recorded))).toBe(true);
});

test.each(cases)(
  "a change of any byte of the target, the signed headers or the header itself: %s",
  (_case, recording, recorded) => {
    const sent = asSent(recorded);
    const accepted: string[] = [];
    const tryOut = (what: string, changed: SignedRequest): void => {
      if (isRight(recording, changed)) {
        accepted.push(what);
      }
    };
    for (const method of tampered(sent.method)) {
      tryOut(method, { ...sent, method });
    }
    for (const rawUrl of tampered(sent.rawUrl)) {
      // %c3 is the same as %C3: signers write one of them.
      if (rawUrl.replace(/%../g, (code) => code.toUpperCase()) !== sent.rawUrl) {
        tryOut(rawUrl, { ...sent, rawUrl });
      }
    }
    const signed = /SignedHeaders=([^,]+)/.exec(recorded.headers.authorization ?? "")?.[1]?.split(";") ?? [];
    expect(signed).toEqual(expect.arrayContaining(["host", "x-sdk-date"]));
    for (const name of [...signed, "authorization"]) {
      for (const value of tampered(recorded.headers[name] ?? "")) {
        tryOut(`${name}: ${value}`, { ...sent, headers: { ...sent.headers, [name]: value } });
      }
      tryOut(`without ${name}`, { ...sent, headers: { ...sent.headers, [name]: undefined } });
    }
    if (recorded.headers["x-sdk-content-sha256"] !== "UNSIGNED-PAYLOAD") {
      for (const body of [...tampered(sent.body.toString("latin1")), `${recorded.body} `]) {
        tryOut(`body ${body}`, { ...sent, body: Buffer.from(body, "latin1") });
      }
    }
    expect(accepted).toEqual([]);
  },
);

test.each(cases)("another secret, an unknown key, a header or a parameter more: %s", (_case, recording, recorded) => {
  const sent = asSent(recorded);
  expect(isRightlySigned(sent, () => `${recording.secretKey}1`)).toBe(false);
  expect(isRightlySigned(sent, () => undefined)).toBe(false);
  const rawUrl = `${sent.rawUrl}${sent.rawUrl.includes("?") ? "&" : "?"}start=2`;
  expect(isRight(recording, { ...sent, rawUrl })).toBe(false);
  expect(isRight(recording, { ...sent, rawUrl: `${sent.rawUrl}/x` })).toBe(false);
});

/** A request signed by the rules, with nothing but these headers. */
function signedWith(headers: { [name: string]: string }): SignedRequest {
  const names = Object.keys(headers);
  const lines = names.map((name) => `${name}:${headers[name] ?? ""}\n`).join("");
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const canonical = ["GET", "/v3/projects/", "", lines, names.join(";"), empty].join("\n");
  const hash = createHash("sha256").update(canonical).digest("hex");
  const toSign = ["SDK-HMAC-SHA256", headers["x-sdk-date"] ?? "20260102T030405Z", hash].join("\n");
  const signature = createHmac("sha256", secretKey).update(toSign).digest("hex");
  const authorization = `SDK-HMAC-SHA256 Access=${accessKey}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  const all = { host: "a", "x-sdk-date": "20260102T030405Z", ...headers, authorization };
  return { method: "GET", rawUrl: "/v3/projects", headers: all, body: Buffer.alloc(0) };
}

test.each([
  ["both needed headers", { host: "a", "x-sdk-date": "20260102T030405Z" }, true],
  ["no host", { "x-sdk-date": "20260102T030405Z" }, false],
  ["no date", { host: "a" }, false],
  ["a date of another form", { host: "a", "x-sdk-date": "2026-01-02T03:04:05Z" }, false],
  ["a list that is not sorted", { "x-sdk-date": "20260102T030405Z", host: "a" }, false],
])("a signature that is right by itself, with %s", (_case, headers, right) => {
  expect(isRightlySigned(signedWith(headers as { [name: string]: string }), () => secretKey)).toBe(right);
});

describe("over HTTP", () => {
  // When the requests were recorded: a signature is good for a quarter of an hour.
  const { emulator } = useEmulator({
    account: { accessKey, secretKey },
    now: () => Date.parse("2026-11-24T09:04:24Z"),
  });

  function send({ method, rawUrl: path, headers, body }: RecordedRequest): Promise<{ status?: number; text: string }> {
    return new Promise((resolve, reject) => {
      const { port } = new URL(emulator().url);
      const outgoing = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (reply) => {
        let text = "";
        reply.on("data", (chunk: Buffer) => (text += chunk.toString()));
        reply.on("end", () => resolve({ status: reply.statusCode, text }));
      });
      outgoing.on("error", reject).end(body);
    });
  }

  test.each(cases.filter(([name]) => /query that is not sorted|a list's query|^a path,|a body,/.test(name)))(
    "what an official client sent is let in, and refused by the gateway when changed: %s",
    async (_case, _recording, recorded) => {
      const good = await send(recorded);
      expect([200, 204]).toContain(good.status);
      const rawUrl = recorded.rawUrl.replace(/.$/, (last) => (last === "3" ? "4" : "3"));
      const bad = await send({ ...recorded, headers: { ...recorded.headers, "x-sdk-date": "20260102T030405Z" } });
      expect(bad.status).toBe(401);
      expect(JSON.parse(bad.text)).toMatchObject({
        error_code: "APIGW.0301",
        request_id: expect.any(String) as string,
      });
      expect((await send({ ...recorded, rawUrl })).status).not.toBe(200);
    },
  );

  test("a key that names another project than the path is refused", async () => {
    const recorded = recordings[0]?.requests[0] as RecordedRequest;
    const headers = { ...recorded.headers, "x-project-id": "0".repeat(32) };
    expect(await send({ ...recorded, headers })).toMatchObject({ status: 401 });
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { signatureHeaders } from "../../../../provider/identity/signature";

interface Recording {
  accessKey: string;
  secretKey: string;
  requests: { name: string; method: string; rawUrl: string; headers: { [name: string]: string }; body: string }[];
}

const file = path.join(__dirname, "../../../recordings/signed-by-huaweicloud-sdk-nodejs.json");
const { requests, ...key } = JSON.parse(readFileSync(file, "utf8")) as Recording;

const timeOf = (date: string) => Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));

describe("a signature", () => {
  it.each(requests.map((request) => [request.name, request] as const))(
    "is what Huawei Cloud's Node SDK sent, byte by byte: %s",
    (_name, { method, rawUrl, headers, body }) => {
      const { host, authorization, "x-sdk-date": date, ...others } = headers;
      const signedNames = /SignedHeaders=([^,]+)/.exec(authorization!)![1]!.split(";");
      const signed = Object.fromEntries(Object.entries(others).filter(([name]) => signedNames.includes(name)));
      const request = { method, url: `http://${host}${rawUrl}`, headers: signed, body };
      expect(signatureHeaders(request, key, timeOf(date!))).toEqual({
        Host: host,
        "X-Sdk-Date": date,
        Authorization: authorization,
      });
    },
  );

  it("covers at least ten of the SDK's requests", () => {
    expect(requests.length).toBeGreaterThanOrEqual(10);
  });

  it.each([
    ["b=2&a=1&a=0", "a=0&a=1&b=2"],
    ["b=1&a=2", "a=2&b=1"],
    ["name=a+b", "name=a%20b"],
    ["name=it's", "name=it%27s"],
  ])("is the same for the query %s as for %s", (query, sorted) => {
    const sign = (search: string) =>
      signatureHeaders({ method: "GET", url: `https://host/v3/projects?${search}`, headers: {} }, key, 0).Authorization;
    expect(sign(query)).toBe(sign(sorted));
  });

  it("is that of a header's value without the spaces around it, as it is sent", () => {
    const sign = (value: string) =>
      signatureHeaders({ method: "GET", url: "https://host/v3", headers: { "X-A": value } }, key, 0).Authorization;
    expect(sign("  value ")).toBe(sign("value"));
    expect(sign("value")).not.toBe(sign("another"));
  });
});

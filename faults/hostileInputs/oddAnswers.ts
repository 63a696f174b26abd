import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { Answer } from "../answers/recordingServer";

/** Values that nobody expects in any field. */
const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: "binary" }),
  fc.constantFrom<unknown>(
    null, true, -1, 0, 1e308, 5e-324, Number.MAX_SAFE_INTEGER + 2, "", " ", "null", "NaN", "Infinity", "-1", "1e999", "9".repeat(400), "x".repeat(100_000),
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "+275760-09-13T00:00:00.001Z", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01",
    "__proto__", "constructor", "toString", "..", "\ud800", "\u0000", [], {}, [[]], [null], { length: -1 }, { toString: 1 }, { __proto__: null, id: "x" },
  ), // prettier-ignore
);

const change = fc.tuple(
  fc.nat(),
  fc.oneof({ weight: 5, arbitrary: oddValue.map((value) => ({ value })) }, fc.constant({})),
);

/** The documented body with one to three fields replaced or left out, anywhere in it. */
function changed(body: unknown): fc.Arbitrary<unknown> {
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = { body: structuredClone(body) };
    for (const [number, replacement] of changes) {
      const places = placesIn(copy);
      if (places.length === 0) break;
      const [holder, key] = places[number % places.length]!;
      if ("value" in replacement) holder[key] = replacement.value;
      else delete holder[key];
    }
    return copy.body;
  });
}

type Holder = { [key: string]: unknown };

function placesIn(value: unknown): [Holder, string][] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key): [Holder, string][] => [[holder, key], ...placesIn(holder[key])]);
}

const headers = fc.record(
  {
    Date: fc.constantFrom("", "never", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "+275760-09-13", "-1", "0"),
    "Retry-After": fc.constantFrom("", "0", "-1", "1e999", "99999999999999999999", "soon", "Fri, 31 Dec 9999 23:59:59 GMT", "NaN"),
    "Content-Type": fc.constantFrom("text/html", "application/json; charset=utf-7", "multipart/form-data", ""),
    "X-Subject-Token": fc.constantFrom("", " ", "t".repeat(8000), "\u00ff"),
  },
  { requiredKeys: [] },
); // prettier-ignore

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
  fc.constantFrom(Buffer.from("\ufeff{}"), Buffer.from("{}", "utf16le"), Buffer.from('{"a":"\xff"}', "latin1"), Buffer.from("<html>")),
); // prettier-ignore

const deep = (opening: string, closing: string, depth: number) => opening.repeat(depth) + closing.repeat(depth);
const nested = fc.constantFrom(1000, 20_000, 200_000).chain((depth) => fc.constantFrom(deep("[", "]", depth), `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`)); // prettier-ignore

/**
 * Answers instead of a documented one, by their kind. None is a 401: a token that was refused is not sent again by this process,
 * and all trials share one.
 */
export function oddAnswers(documented: Answer): { [kind: string]: fc.Arbitrary<Answer> } {
  const with200 = (body: fc.Arbitrary<unknown>) =>
    body.map((of): Answer => ({ ...documented, body: JSON.stringify(of) }));
  return {
    "any JSON": with200(fc.jsonValue()),
    "the documented fields with odd values": with200(changed(documented.body ?? {})),
    "a field that is nested deeply": nested.chain((text) =>
      fc.nat().map((number): Answer => {
        const places = placesIn({ body: documented.body ?? {} });
        const copy = { body: structuredClone(documented.body ?? {}) };
        const [holder, key] = placesIn(copy)[number % places.length]!;
        holder[key] = "NESTED";
        return { ...documented, body: JSON.stringify(copy.body).replace('"NESTED"', () => text) };
      }),
    ),
    "JSON in a text that is nested deeply": nested.map((text): Answer => {
      const copy = structuredClone(documented.body ?? {});
      for (const [holder, key] of placesIn(copy))
        if (typeof holder[key] === "string" && key !== "id") holder[key] = text;
      return { ...documented, body: JSON.stringify(copy) };
    }),
    "any bytes": bytes.map((body): Answer => ({ ...documented, body })),
    "bytes that claim to be compressed": bytes.chain((body) =>
      fc.constantFrom("gzip", "deflate", "br", "zstd", "x").map((encoding): Answer => ({
        ...documented,
        headers: { ...documented.headers, "Content-Encoding": encoding },
        body: encoding === "x" ? gzipSync(body) : body,
      })),
    ),
    "an odd HTTP status": fc.tuple(fc.integer({ min: 200, max: 599 }).filter((status) => status !== 401), fc.oneof(fc.jsonValue(), changed({ error_code: "DMS.1", error_msg: "no" }), changed({ error: { code: 1, message: "no" } }))).map(([status, body]): Answer => ({ status, body: [204, 304].includes(status) ? undefined : JSON.stringify(body) })), // prettier-ignore
    "odd headers": headers.map((odd): Answer => ({ ...documented, headers: { ...documented.headers, ...odd } })),
  };
}

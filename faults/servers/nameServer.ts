import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Loaded before everything else into a process: answers for names below `.test` as their second label says, so that no
 * trial depends on a name server.
 */
const answers = `
const dns = require("node:dns");
const { lookup } = dns;
const asked = new Map();
dns.lookup = (host, options, callback) => {
  const [, kind] = /^[^.]+\\.(missing|again|late|lapsed|here)\\.test$/.exec(host) ?? [];
  if (kind === undefined) return lookup(host, options, callback);
  const seen = asked.get(host) ?? { times: 0, firstMs: performance.now() };
  asked.set(host, seen);
  seen.times++;
  const fail = (code) =>
    setImmediate(callback, Object.assign(new Error("getaddrinfo " + code + " " + host), { code, hostname: host }));
  if (kind === "missing") return fail("ENOTFOUND");
  if (kind === "again") return fail("EAI_AGAIN");
  if (kind === "late" && performance.now() - seen.firstMs < 1500) return fail("ENOTFOUND");
  if (kind === "lapsed" && (seen.times === 2 || seen.times === 3)) return fail("ENOTFOUND");
  const address = "127.0.0.1";
  setImmediate(() => (options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4)));
};
`;

/** Names of hosts by what becomes of a lookup. */
export const hosts = {
  /** Never resolves: the name does not exist. */
  missing: (label: string) => `${label}.missing.test`,
  /** Never resolves: the name server has an outage. */
  again: (label: string) => `${label}.again.test`,
  /** Does not exist in the first 1.5 s. */
  late: (label: string) => `${label}.late.test`,
  /** Resolves once, then twice not, then again. */
  lapsed: (label: string) => `${label}.lapsed.test`,
  here: (label: string) => `${label}.here.test`,
};

/** For NO_PROXY. */
export const unproxied = ".missing.test,.again.test,.late.test,.lapsed.test,.here.test";

/** Answers for this process, and writes the file with which NODE_OPTIONS makes another process do so. */
export function answerNames(folder: string): string {
  const file = path.join(folder, "nameServer.cjs");
  writeFileSync(file, answers);
  createRequire(file)(file);
  return file;
}

import { BlockList, isIP, isIPv4 } from "node:net";
import { domainToASCII } from "node:url";

/**
 * Whether NO_PROXY covers this URL, read as Go's golang.org/x/net/http/httpproxy does, which Pulumi and its providers use. An
 * entry is `*`; a domain, which includes its subdomains; a domain with a leading dot, which means its subdomains only; an IP
 * address; or a range of addresses in CIDR notation. All but a range may end in a port.
 */
export function isExempt(url: URL, noProxy: string): boolean {
  const host = bare(url.hostname).replace(/\.$/, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return noProxy
    .toLowerCase()
    .split(/[,\s]+/)
    .some((entry) => entry === "*" || covers(entry, host, port));
}

function covers(entry: string, host: string, port: string): boolean {
  const [, network, prefix] = /^([^/]+)\/(\d+)$/.exec(entry) ?? [];
  if (network && prefix) {
    return isInRange(host, network, Number(prefix));
  }
  const [name, ownPort] = withoutPort(entry);
  if (name === "" || (ownPort !== undefined && ownPort !== port)) {
    return false;
  }
  if (isIP(name)) {
    return isInRange(host, name, isIPv4(name) ? 32 : 128);
  }
  const domain = name.replace(/^\*(?=\.)/, "");
  const ascii = domainToASCII(domain.replace(/^\./, ""));
  return ascii !== "" && ((host === ascii && !domain.startsWith(".")) || host.endsWith(`.${ascii}`));
}

function withoutPort(entry: string): [name: string, port?: string] {
  if (isIP(bare(entry))) {
    return [bare(entry)];
  }
  const [, name, port] = /^(.*):(\d+)$/.exec(entry) ?? [];
  return name === undefined ? [entry] : [bare(name), port];
}

function isInRange(host: string, network: string, prefix: number): boolean {
  const families = { 4: "ipv4", 6: "ipv6" } as const;
  const [ofHost, ofNetwork] = [isIP(host), isIP(network)];
  if (!ofHost || !ofNetwork || prefix > (ofNetwork === 4 ? 32 : 128)) {
    return false;
  }
  const range = new BlockList();
  range.addSubnet(network, prefix, families[ofNetwork as 4 | 6]);
  return range.check(host, families[ofHost as 4 | 6]);
}

/** An IPv6 address without the brackets that a URL has. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

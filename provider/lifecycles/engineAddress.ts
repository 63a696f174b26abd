/** Where an engine listens, from "host:port" or "[IPv6 address]:port"; undefined where that is no such address. */
export function parseEngineAddress(address: string): { host: string; port: number } | undefined {
  const [, host, port] = /^([^:[\]]+|\[[^[\]]+\]):(\d+)$/.exec(address) ?? [];
  return host && port ? { host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port) } : undefined;
}

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express from "express";

export interface SiteServer {
  url: string;
  close(): void;
}

/** Serves a built site on this machine. */
export async function startSiteServer(site: string): Promise<SiteServer> {
  const server = express().use(express.static(site)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}

import type { Reply } from "./faultyService";
import { json } from "./replies";

export const project = { id: "5a1e0c7d93b64f28b0d7f6e4a2c81935", name: "eu-de" };

/** A login as IAM answers it, with another token each time. */
export const token: Reply = (exchange) => {
  const issued = { issued_at: "2026-01-01T00:00:00.000000Z", expires_at: "2099-01-01T00:00:00.000000Z" };
  json({ token: { ...issued, project, catalog: [] } }, 201, {
    "X-Subject-Token": `token-${exchange.nth}-of-${exchange.service.port}`,
  })(exchange);
};

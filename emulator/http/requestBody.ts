import type { z } from "zod";
import { type RefusalName, refuse } from "./refusals";

/** The fields that an API documents; others are left out, as the services ignore them. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown, fault: RefusalName = "parameter"): T {
  const result = schema.safeParse(body);
  if (!result.success) {
    throw refuse(fault);
  }
  return result.data;
}

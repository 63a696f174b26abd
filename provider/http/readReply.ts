import type { z } from "zod";
import { errorForReply } from "./errorReply";
import type { ServiceReply } from "./exchange";

/**
 * The body of a reply, if it has the documented shape. `what` describes the request, `permission` is the permission that it needs.
 *
 * @throws ServiceError that explains any other reply.
 */
export function readReply<T>(
  shape: z.ZodType<T>,
  reply: ServiceReply,
  what: string,
  { httpStatus = 200, permission }: { httpStatus?: number; permission?: string } = {},
): T {
  const isAnswer = reply.httpStatus === httpStatus;
  const body = shape.safeParse(reply.body);
  if (isAnswer && body.success) {
    return body.data;
  }
  // With the right HTTP status but another body, it is not an answer, however successful it looks.
  throw errorForReply(isAnswer ? { ...reply, httpStatus: 200 } : reply, what, permission);
}

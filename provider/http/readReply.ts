import type { z } from "zod";
import { errorForReply } from "./errorReply";
import type { ServiceReply } from "./exchange";

/**
 * The body of a reply, in the shape that is documented for it; `what` says what was asked, `permission` what the caller
 * must be allowed to do for it.
 *
 * @throws ServiceError that tells what the reply stands for, where it is another.
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
  // With the right HTTP status but another body it is no answer, however successful it looks.
  throw errorForReply(isAnswer ? { ...reply, httpStatus: 200 } : reply, what, permission);
}

import { inspect } from "node:util";
import { BackgroundTaskError } from "../../provider/task/errors";

/** The package's own error, also as the reason for which a resource is recorded as not initialized. */
export function ownErrorOf(error: unknown): BackgroundTaskError {
  const own = error instanceof Error && "properties" in error ? error.cause : error;
  if (!(own instanceof BackgroundTaskError)) throw new Error(`it is no error of the package's own: ${inspect(own)}`);
  return own;
}

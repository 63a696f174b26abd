import { faultOfIdentifier } from "../http/addresses";
import { quote } from "../output/secrets";
import { BackgroundTaskError } from "../task/errors";

/**
 * Returns an id that may become part of a request's path. Ids also come from state files and from the service: with "..",
 * a request for a task would become one for its instance.
 *
 * @throws BackgroundTaskError that names the place where the id was found
 */
export function checkIdIn(place: string, id: string): string {
  const fault = typeof id === "string" ? faultOfIdentifier(id) : `must be a string, but is of type ${typeof id}`;
  if (fault) {
    throw new BackgroundTaskError(`an id in ${place} ${quote(fault)}: nothing was sent.`);
  }
  return id;
}

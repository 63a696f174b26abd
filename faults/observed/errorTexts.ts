import { inspect } from "node:util";

export type WayOut = "message" | "stack" | "causes" | "inspect" | "properties";

/** All texts in which an error may be shown or kept, by the way it gets there. */
export function textsOfError(error: unknown): { [way in WayOut]: string } {
  if (!(error instanceof Error)) throw new Error(`what was thrown is no Error but ${inspect(error)}`);
  const causes: Error[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < 20; cause = cause.cause) causes.push(cause);
  const own = Object.getOwnPropertyNames(error).map((name) => [
    name,
    (error as unknown as Record<string, unknown>)[name],
  ]);
  return {
    message: error.message,
    stack: error.stack ?? "",
    causes: causes.map((cause) => `${cause.message}\n${cause.stack ?? ""}\n${inspect(cause)}`).join("\n"),
    inspect: inspect(error, { depth: 20, showHidden: true, maxStringLength: Infinity, breakLength: Infinity }),
    properties: JSON.stringify(own) ?? "",
  };
}

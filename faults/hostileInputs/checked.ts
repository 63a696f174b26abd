import { barrier, check, search } from "../../provider/lifecycle";
import { InvalidArgumentError } from "../../provider/task/errors";

type Check = (olds: never, news: never) => Promise<{ failures?: { reason: string }[] }>;

const checks: { [resource: string]: Check } = { task: check, search: search.check, barrier: barrier.check };

/** As the engine does: nothing is created from inputs that the check refuses. */
export async function checked<T>(
  resource: "task" | "search" | "barrier",
  inputs: object,
  operate: (inputs: object) => Promise<T>,
): Promise<T> {
  const { failures = [] } = await checks[resource]!({} as never, inputs as never);
  if (failures.length > 0) throw new InvalidArgumentError(failures.map(({ reason }) => reason));
  return operate(inputs);
}

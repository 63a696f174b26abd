/**
 * An error without its stack, which does not help the user. What the SDK prints instead differs: in a program only the message,
 * in a policy pack only the stack, in a provider process the message and the stack.
 */
export function withoutStack<E extends Error>(error: E, inItsPlace?: string): E {
  error.stack = inItsPlace;
  return error;
}

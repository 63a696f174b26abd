/**
 * An error without its stack, which says nothing to the user. What the SDK prints in its place differs: in a program the
 * message by itself, in a policy pack the stack alone, in a provider process the message and the stack.
 */
export function withoutStack<E extends Error>(error: E, inItsPlace?: string): E {
  error.stack = inItsPlace;
  return error;
}

/**
 * What waited, and how it named the task. A call is one of a function or of the command.
 *
 * @inline
 */
export type NamedBy = "resource by id" | "resource by name" | "call by id" | "call by name";

// How the task of a repeated operation is waited for: only resources have triggers.
export const waitForRepeated: Record<NamedBy, string> = {
  "resource by id":
    "After you have repeated the operation, change taskId or a value in triggers to wait for the new task.",
  // There is no id that could be changed, and an older task never counts.
  "resource by name":
    "To wait for a new task of the name, add or change a value in triggers in the update that repeats the " +
    "operation; if it was repeated before, set createdAfter to a time just before that.",
  "call by id": "After you have repeated the operation, wait again with the id of the new task.",
  "call by name": "After you have repeated the operation, wait again: the newest task of the name counts.",
};

/**
 * What waited for all tasks of an instance.
 *
 * @inline
 */
export type BarrierKind = "QuietInstance" | "getQuietInstance";

// The same, after "After you have repeated the operation, ".
export const waitForRepeatedAll: Record<BarrierKind, string> = {
  QuietInstance: "change a value in the triggers of the QuietInstance to wait again.",
  getQuietInstance: "wait again; if createdAfter is set, set it to a time just before that.",
};

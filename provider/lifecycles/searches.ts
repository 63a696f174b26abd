// The search for a task by its name and the resource that waits for the task are two resources with the same name. One
// process serves both: what the wait needs to know of its search stays here and is in no state.

/** How long each search of this update took, by the URN of the resource that waits for its task. */
const tookMs = new Map<string, number>();

/** Notes that there is a search, and how long it took once it has found its task. */
export function noteSearch(searchUrn: string | undefined, ms = 0): void {
  if (searchUrn !== undefined) {
    tookMs.set(searchUrn.replace(/:BackgroundTaskSearch(?=::)/, ":BackgroundTask"), ms);
  }
}

/** Whether a search of this update is for this resource's task. */
export function isSearchedFor({ resourceUrn }: { resourceUrn?: string }): boolean {
  return resourceUrn !== undefined && tookMs.has(resourceUrn);
}

/** How much of a wait's time its search took. Only the wait that follows the search has its deadline: later ones get 0. */
export function takeSearchMs({ resourceUrn = "" }: { resourceUrn?: string }): number {
  const ms = tookMs.get(resourceUrn) ?? 0;
  if (ms > 0) {
    tookMs.set(resourceUrn, 0);
  }
  return ms;
}

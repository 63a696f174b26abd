import { type Absence, type ListPage, listPageWith } from "./client";
import { type ClockOffset, narrow } from "../clock/serviceClock";
import type { Identity } from "../identity/identity";
import type { RequestBounds } from "../http/exchange";
import { PagingError } from "../task/errors";
import { type Paging, type ServiceName, services } from "../task/services";
import { type BackgroundTaskResult, parseTaskTime } from "../task/task";
import { matches, type TaskFilter } from "../task/taskFilter";

/** An instance's tasks, every page of them. */
export interface TaskListing {
  /** Newest first, each once. */
  tasks: BackgroundTaskResult[];
  /** The instance, where it was not found. */
  absence?: Absence;
  projectId: string;
  serviceTimeMs?: number;
  clockOffset?: ClockOffset;
  retryAfterMs?: number;
}

/** Which tasks are needed, as far as the service can leave others out: it may send more than these. */
interface ListingRequest {
  instanceId: string;
  createdFromMs?: number;
  createdUntilMs?: number;
  /** Asked after each page, with what was seen so far by id; true ends the listing there. */
  isEnough?: (seen: ReadonlyMap<string, BackgroundTaskResult>) => boolean;
}

/** Sends a request, repeating it as its caller sees fit. */
export type Ask = <T>(request: (bounds: RequestBounds) => Promise<T>) => Promise<T>;

export type ListTasks = (request: ListingRequest, ask: Ask) => Promise<TaskListing>;

// "Listing Background Tasks" names no bounds; Huawei Cloud's Terraform provider: 1 to 100.
const pageLength = 100;

const mostPages = 500;

// Which way of paging a service was seen to follow.
const knownPaging = new WeakMap<Identity, Map<ServiceName, Paging>>();

export function listTasksWith(identity: Identity, service: ServiceName): ListTasks {
  const known = knownPaging.get(identity) ?? new Map<ServiceName, Paging>();
  knownPaging.set(identity, known);
  return (request, ask) => {
    const first = known.get(service);
    const others = services[service].paging.filter((paging) => paging !== first);
    const pagings = first ? [first, ...others] : others;
    return readEveryPage(listPageWith(identity, service), request, ask, pagings, (paging) =>
      known.set(service, paging),
    );
  };
}

/**
 * Reads page after page. The list grows at its beginning while it is read, which shows some records twice; where it
 * shrank, the next page begins that much earlier, or records would be skipped. Of `pagings`, the next is tried when the
 * service repeats a page; `onWorking` is told which one brought new records.
 */
export async function readEveryPage(
  listPage: ListPage,
  { isEnough, ...request }: ListingRequest,
  ask: Ask,
  pagings: readonly Paging[],
  onWorking: (paging: Paging) => void = () => undefined,
): Promise<TaskListing> {
  const seen = new Map<string, BackgroundTaskResult>();
  const untried = [...pagings];
  let paging = untried.shift()!;
  let skip = 0;
  let lastCount: number | undefined;
  let clockOffset: ClockOffset | undefined;

  for (let pages = 1; pages <= mostPages; pages++) {
    const page = await ask((bounds) => listPage({ ...request, skip, limit: pageLength, paging }, bounds));
    clockOffset = narrow(clockOffset, page.clockOffset);
    const listing = (): TaskListing => {
      const { absence, projectId, serviceTimeMs, retryAfterMs } = page;
      return { tasks: newestFirst(seen.values()), absence, projectId, serviceTimeMs, clockOffset, retryAfterMs };
    };
    if (page.absence) {
      return listing();
    }
    const { count = lastCount } = page;
    const removed = Math.max(0, (lastCount ?? 0) - (count ?? 0));
    lastCount = count;
    if (removed > 0 && skip > 0) {
      skip = Math.max(0, skip - removed);
      continue;
    }
    const fresh = page.tasks.filter(({ taskId }) => !seen.has(taskId)).length;
    page.tasks.forEach((task) => seen.set(task.taskId, task));
    if (isEnough?.(seen)) {
      return listing();
    }
    const isLast = page.tasks.length === 0 || (count !== undefined && skip + page.tasks.length >= count);
    if (isLast || (fresh === 0 && count !== undefined && seen.size >= count)) {
      return listing();
    }
    if (fresh > 0) {
      if (skip > 0 && fresh > page.tasks.length / 2) {
        onWorking(paging);
      }
      skip += page.tasks.length;
      continue;
    }
    const another = untried.shift();
    if (another === undefined && count === undefined && page.tasks.length !== pageLength) {
      // A service that heeds neither bound, nor says how many there are, sent all it has.
      return listing();
    }
    if (another === undefined) {
      throw new PagingError(
        `the list of background tasks of instance ${request.instanceId} cannot be read to its end: ` +
          `the service repeats its first ${seen.size} tasks wherever a page is told to begin.`,
      );
    }
    paging = another;
  }
  throw new PagingError(
    `the list of background tasks of instance ${request.instanceId} is longer than ${mostPages} pages: ` +
      `narrow it by createdAfter.`,
  );
}

/** The tasks that match the filter; its window is the service's to keep as well, as far as it can. */
export async function listMatching(
  listTasks: ListTasks,
  instanceId: string,
  filter: TaskFilter,
  ask: Ask,
): Promise<TaskListing> {
  const { createdAfterMs: createdFromMs, createdBeforeMs: createdUntilMs } = filter;
  const listing = await listTasks({ instanceId, createdFromMs, createdUntilMs }, ask);
  return { ...listing, tasks: listing.tasks.filter((task) => matches(task, filter)) };
}

/** By the time that they began; those without one stay at the end, in the service's order. */
export function newestFirst(tasks: Iterable<BackgroundTaskResult>): BackgroundTaskResult[] {
  const ageOf = (task: BackgroundTaskResult) => -(parseTaskTime(task.createdAt) ?? -Infinity);
  return [...tasks].sort((a, b) => (ageOf(a) === ageOf(b) ? 0 : ageOf(a) - ageOf(b)));
}

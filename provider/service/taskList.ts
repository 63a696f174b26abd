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
  /** Set if the instance was not found. */
  absence?: Absence;
  projectId: string;
  serviceTimeMs?: number;
  clockOffset?: ClockOffset;
  retryAfterMs?: number;
}

/** Which tasks are needed. The service may send more. */
interface ListingRequest {
  instanceId: string;
  createdFromMs?: number;
  createdUntilMs?: number;
  /** Called after each page with the tasks seen so far, by id; true ends the listing. */
  isEnough?: (seen: ReadonlyMap<string, BackgroundTaskResult>) => boolean;
}

/** Sends a request, and retries it as the caller requires. */
export type Ask = <T>(request: (bounds: RequestBounds) => Promise<T>) => Promise<T>;

export type ListTasks = (request: ListingRequest, ask: Ask) => Promise<TaskListing>;

// "Listing Background Tasks" documents no bounds; Huawei Cloud's Terraform provider uses 1 to 100.
const pageLength = 100;

// Bounds of one listing. Five years of ten operations a day are 18,000 records, of less than a kilobyte each.
const mostPages = 500;
const mostRecords = 50_000;
const mostMebibytes = 32;

// The way of paging that a service is known to follow.
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
 * Reads page after page. New records appear at the front of the list while it is read, which shows some records twice. If
 * the list shrank, the next page starts that much earlier, or records would be skipped. If the service repeats a page, the
 * next of `pagings` is tried; `onWorking` is called with the one that brought new records.
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
  let countsAll = false;
  let bytes = 0;
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
    bytes += page.bodyBytes ?? 0;
    // The count of a full page may be that of the page alone, unless an earlier count was greater than its page.
    const isFull = page.tasks.length === pageLength;
    countsAll ||= (page.count ?? 0) > skip + page.tasks.length;
    const count = isFull && !countsAll ? undefined : (page.count ?? lastCount);
    const removed = Math.max(0, (lastCount ?? 0) - (count ?? 0));
    lastCount = count;
    if (removed > 0 && skip > 0) {
      skip = Math.max(0, skip - removed);
      continue;
    }
    const fresh = page.tasks.filter(({ taskId }) => !seen.has(taskId)).length;
    page.tasks.forEach((task) => seen.set(task.taskId, task));
    if (seen.size > mostRecords || bytes > mostMebibytes * 2 ** 20) {
      break;
    }
    if (isEnough?.(seen)) {
      return listing();
    }
    const isFirstAgain = skip > 0 && fresh === 0 && page.tasks[0]?.taskId === seen.keys().next().value;
    const isPastEnd = count !== undefined && skip + page.tasks.length >= count;
    const isLast = page.tasks.length === 0 || (isPastEnd && !isFirstAgain);
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
    const isAll = page.count === undefined ? !isFull : seen.size >= page.count;
    if (another === undefined && isAll) {
      // The service ignores both bounds: it has sent all its records, or all that it counts.
      return listing();
    }
    if (another === undefined) {
      throw new PagingError(
        `the list of background tasks of instance ${request.instanceId} cannot be read completely: ` +
          `the service sends the same ${seen.size} tasks for every page.`,
      );
    }
    paging = another;
  }
  throw new PagingError(
    `the list of background tasks of instance ${request.instanceId} is longer than ${mostPages} pages, ${mostRecords} records ` +
      `or ${mostMebibytes} MiB: set createdAfter to narrow it.`,
  );
}

/** The tasks that match the filter. The service is sent its window, too. */
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

/** By start time; tasks without one stay at the end, in the service's order. */
export function newestFirst(tasks: Iterable<BackgroundTaskResult>): BackgroundTaskResult[] {
  const ageOf = (task: BackgroundTaskResult) => -(parseTaskTime(task.createdAt) ?? -Infinity);
  return [...tasks].sort((a, b) => (ageOf(a) === ageOf(b) ? 0 : ageOf(a) - ageOf(b)));
}

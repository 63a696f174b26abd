/** One request, as logged when it came in. Headers, bodies, and credentials anywhere in it are never kept. */
export interface RequestRecord {
  /** When it came in, ms since the epoch by the emulator's clock. */
  timeMs: number;
  /** The route's name (README), `unknown` for an unpublished URL. */
  route: string;
  method: string;
  /** Without the query. */
  path: string;
  /** The query's documented parameters. */
  query: { [name: string]: string };
  /** HTTP status of the reply; missing while there is none, and for good after a reset connection. */
  status?: number;
  projectId?: string;
  instanceId?: string;
  taskId?: string;
  /** The reply, or its delay, came from a planned reply. */
  planned: boolean;
}

/** Enough for a long run of many waits, and no more than some tens of megabytes. */
const KEPT_RECORDS = 50_000;

/** The query parameters that any route knows; another one may hold anything, and is not kept. */
const LOGGED_QUERY = [
  "start",
  "limit",
  "offset",
  "begin_time",
  "start_time",
  "end_time",
  "name",
  "engine",
  "nocatalog",
];

export class RequestLog {
  private records: RequestRecord[] = [];
  private countByRoute = new Map<string, number>();

  add(record: RequestRecord): RequestRecord {
    this.records.push(record);
    if (this.records.length > KEPT_RECORDS * 1.1) {
      this.records = this.records.slice(-KEPT_RECORDS);
    }
    this.countByRoute.set(record.route, (this.countByRoute.get(record.route) ?? 0) + 1);
    return record;
  }

  requests(): RequestRecord[] {
    return this.records.slice(-KEPT_RECORDS).map((record) => ({ ...record, query: { ...record.query } }));
  }

  counts(): { [route: string]: number } {
    return Object.fromEntries(this.countByRoute);
  }

  clear(): void {
    this.records = [];
    this.countByRoute.clear();
  }
}

export function loggedQuery(query: URLSearchParams): { [name: string]: string } {
  return Object.fromEntries(LOGGED_QUERY.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? ""]] : [])));
}

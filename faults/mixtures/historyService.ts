import { FaultyService, type Reply } from "../servers/faultyService";
import { after, bytes, hangUp, json, recordOf, refusal, reset, response, send, silent } from "../servers/replies";
import type { FaultKind, History } from "./history";

export const taskName = "restart";
const hourMs = 3_600_000;

/** A service that knows what really becomes of each task, and answers as the histories have it. */
export class HistoryService {
  /** When each wait started, by its instance. */
  private readonly started = new Map<string, number>();
  private constructor(
    readonly service: FaultyService,
    private readonly histories: ReadonlyMap<string, History>,
  ) {}

  static async start(histories: readonly History[]): Promise<HistoryService> {
    const byInstance = new Map(histories.map((history) => [history.instanceId, history]));
    const service = await FaultyService.start((exchange) => served.answer(exchange));
    const served = new HistoryService(service, byInstance);
    return served;
  }

  begin(history: History): void {
    this.started.set(history.instanceId, performance.now());
  }

  sinceBegin({ instanceId }: History): number {
    return performance.now() - this.started.get(instanceId)!;
  }

  /** The records of an instance, newest first. */
  recordsOf(history: History): { [field: string]: unknown }[] {
    const atMs = this.sinceBegin(history);
    const beganMs = Date.now() - atMs;
    const older = Array.from({ length: history.older }, (_, i) =>
      recordOf(
        `older-${i}-${history.taskId.slice(0, 8)}`,
        timesAt(beganMs - (i + 1) * hourMs, i % 2 ? "FAILED" : "SUCCESS"),
      ),
    );
    const { visibleFromMs, endsAtMs = Infinity, outcome } = history;
    const status = atMs >= endsAtMs ? outcome : "EXECUTING";
    const own = recordOf(history.taskId, timesAt(beganMs, status));
    return visibleFromMs !== undefined && atMs >= visibleFromMs ? [own, ...older] : older;
  }

  private answer: Reply = (exchange) => {
    const history = this.histories.get(exchange.instanceId ?? "");
    if (!history) return send(404, "")(exchange);
    const atMs = this.sinceBegin(history);
    const window = history.windows.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
    const honest: Reply = (honestly) => this.answerHonestly(history, honestly);
    (window ? faultReplies[window.kind](honest) : honest)(exchange);
  };

  private answerHonestly(history: History, exchange: Parameters<Reply>[0]): void {
    if (exchange.route === "instance") {
      return json({ instance_id: history.instanceId, status: "RUNNING" })(exchange);
    }
    const records = this.recordsOf(history);
    if (exchange.route === "show") {
      const wanted = exchange.request.url!.split("/").at(-1);
      const found = records.filter(({ id }) => id === wanted);
      return json({ task_count: String(found.length), tasks: found })(exchange);
    }
    const query = new URL(exchange.request.url!, "http://service").searchParams;
    const skip = Number(query.get("start") ?? 1) - 1;
    const page = records.slice(skip, skip + Number(query.get("limit") ?? 10));
    return json({ task_count: String(records.length), tasks: page })(exchange);
  }
}

function timesAt(beganMs: number, status: string) {
  return {
    name: taskName,
    status,
    created_at: new Date(beganMs).toISOString(),
    updated_at: new Date(beganMs + 20).toISOString(),
  };
}

const faultReplies: { [kind in FaultKind]: (honest: Reply) => Reply } = {
  "HTTP 500": () => refusal(500, "DMS.00500000"),
  "a page and HTTP 502": () => send(502, "<html></html>", { "Content-Type": "text/html" }),
  "HTTP 503": () => refusal(503, "DMS.111501025"),
  "HTTP 408": () => send(408, ""),
  throttled: () => refusal(429, "APIGW.0308", { "Retry-After": "0" }),
  "throttled by 404": () => refusal(404, "DMS.10240407"),
  reset: () => reset,
  "hung up": () => hangUp,
  "half a body": () => bytes(`${response("x".repeat(200)).head}{"tasks":[`),
  "no JSON": () => send(200, '{"tasks":[{"id":'),
  empty: () => send(200, ""),
  silent: () => silent,
  slow: (honest) => after(250, honest),
  "another's": () => json({ task_count: "1", tasks: [recordOf("f".repeat(32), { name: "other" })] }),
};

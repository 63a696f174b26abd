import type { RequestBounds, ServiceReply } from "../../provider/http/exchange";
import type { Identity } from "../../provider/identity/identity";
import { checkIdIn } from "../../provider/service/pathSegment";
import { type ServiceName, services } from "../../provider/task/services";
import { Anonymous } from "./anonymous";

interface Recorded {
  request: string;
  status: number;
  date?: string;
  body: unknown;
}

/** Asks the service about one instance, reading only, and keeps what it replied. */
export class RecordedReplies {
  private readonly anonymous = new Anonymous();
  private readonly recorded: Recorded[] = [];

  constructor(
    private readonly identity: Identity,
    private readonly service: ServiceName,
    private readonly instanceId: string,
    private readonly bounds: RequestBounds,
  ) {}

  /** The instance's list of tasks. */
  list(query: { [name: string]: string }): Promise<ServiceReply> {
    return this.ask("tasks", `?${new URLSearchParams(query).toString()}`);
  }

  /** One task by its id. */
  show(taskId: string): Promise<ServiceReply> {
    return this.ask(`tasks/${checkIdIn("a path", taskId)}`);
  }

  /** All of them, made anonymous. */
  get replies(): Recorded[] {
    return this.recorded.map((reply) => ({ ...reply, request: this.anonymous.path(reply.request) }));
  }

  private async ask(rest: string, query = ""): Promise<ServiceReply> {
    const { api } = services[this.service];
    const { instanceId } = this;
    const pathIn = (projectId: string) =>
      `/v2/${checkIdIn("a path", projectId)}/instances/${checkIdIn("a path", instanceId)}/${rest}${query}`;
    const request = { api, method: "GET" as const, path: pathIn, instanceId };
    const { reply, projectId } = await this.identity.send(request, this.bounds);
    [projectId, instanceId, ...rest.split("/").slice(1)].forEach((id) => this.anonymous.id(id));
    this.recorded.push({
      request: `GET ${pathIn(projectId)}`,
      status: reply.httpStatus,
      date: reply.header("date"),
      body: this.anonymous.body(reply.body),
    });
    return reply;
  }
}

import type { OutgoingHttpHeaders } from "node:http";
import type { Exchange, Reply } from "./faultyService";

// Replies, from well-behaved to none. What the service documents is in "Querying a Background Task" of its API reference.

/** The last one answers all further requests. */
export function inTurn(...replies: [Reply, ...Reply[]]): Reply {
  return (exchange) => replies[Math.min(exchange.nth, replies.length - 1)]!(exchange);
}

export function send(status: number, body: string | Buffer, headers: OutgoingHttpHeaders = {}): Reply {
  return ({ response }) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(body);
  };
}

export function json(body: unknown, status = 200, headers: OutgoingHttpHeaders = {}): Reply {
  return send(status, JSON.stringify(body), headers);
}

/** A failure in the service's own form. */
export function refusal(status: number, code: string, headers?: OutgoingHttpHeaders): Reply {
  return json({ error_code: code, error_msg: `text of ${code}` }, status, headers);
}

/** These records, as the list and the call for one task both wrap them. */
export function tasks(...records: unknown[]): Reply {
  return json({ task_count: String(records.length), tasks: records });
}

/** A record as the documented sample has it, with other fields where they are given. */
export function recordOf(id: string, fields: object = {}): { [field: string]: unknown } {
  const now = new Date();
  return {
    id,
    name: "restart",
    user_name: "paas_dms",
    user_id: "3df5acbc24a54fadb62a043c9000a307",
    params: "{}",
    status: "SUCCESS",
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    ...fields,
  };
}

/** Bytes in place of an HTTP response; `then` is what becomes of the connection. */
export function bytes(text: string | Buffer, then: "end" | "reset" | "stay" = "end"): Reply {
  return ({ socket }) => {
    const close = { end: () => socket.end(), reset: () => socket.resetAndDestroy(), stay: () => undefined }[then];
    socket.write(text, () => setTimeout(close, 20));
  };
}

export const reset: Reply = ({ socket }) => void socket.resetAndDestroy();

export const hangUp: Reply = ({ socket }) => void socket.end();

export const silent: Reply = () => undefined;

/** The response of another reply, as bytes: its head and its body. */
export function response(body: string, headers = ""): { head: string; body: string } {
  const length = /content-length|transfer-encoding/i.test(headers)
    ? ""
    : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return { head: `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${length}${headers}\r\n`, body };
}

/** A byte every so often, for as long as somebody reads. */
export function trickle(text: string, everyMs: number): Reply {
  return ({ socket }) => {
    let at = 0;
    const timer = setInterval(() => {
      if (socket.destroyed || at >= text.length) clearInterval(timer);
      else socket.write(text[at++]!);
    }, everyMs);
    socket.on("close", () => clearInterval(timer));
  };
}

/** Another reply, later. */
export function after(ms: number, reply: Reply): Reply {
  return (exchange: Exchange) => void setTimeout(() => reply(exchange), ms);
}

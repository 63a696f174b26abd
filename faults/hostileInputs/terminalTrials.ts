import fc from "fast-check";
import { getBackgroundTask } from "../../provider/functions/getBackgroundTask";
import { getBackgroundTasks } from "../../provider/functions/getBackgroundTasks";
import { getQuietInstance } from "../../provider/functions/getQuietInstance";
import { printedBy } from "../observed/printed";
import { type Answer, RecordingServer } from "../answers/recordingServer";
import type { Size, Trial } from "../trials/trial";
import { propertyTrial } from "./propertyTrial";
import type { SpeakingProvider } from "./speakingProvider";
import { instanceOf, jobOf, recordOf } from "../answers/serviceAnswers";

const [instanceId, taskId] = ["3f1cd3a4-5a7e-4a5c-9b5e-0f8a7f6f1c2d", "8abfa7b272adc5b40172b73130065ae7"];

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));

/** What rewrites a terminal, or changes what its reader sees. */
const characters: { [kind: string]: string[] } = {
  "control characters": [...range(0, 9), ...range(11, 31), ...range(0x7f, 0x9f)],
  "line breaks": ["\n"],
  "sequences of a terminal": ["\u001b[2J", "\u001b]0;title\u0007", "\u001b[31m", "\u009b2J", "\r\u001b[K", "\u001bP", "\b\b\b"],
  "what sets the direction": ["\u200e", "\u200f", "\u061c", ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)],
  "what has no width": ["\u00ad", "\u034f", "\u180e", ...range(0x200b, 0x200d), ...range(0x2060, 0x2064), "\ufeff", "\u3164", "\u115f", "\ufe0f"],
  "separators and tags": ["\u2028", "\u2029", ...range(0xe0020, 0xe007f), "\u{e0001}", "\u{e0100}", "\ufff9"],
}; // prettier-ignore

/** Where the service may put it. */
const fields: { [field: string]: (odd: string) => Answer } = {
  "a pending task's name": (odd) => listing({ name: odd, status: "EXECUTING" }),
  "a failed task's name": (odd) => listing({ name: odd, status: "FAILED" }),
  "a status": (odd) => listing({ status: odd }),
  "a failed task's parameters": (odd) => listing({ status: "FAILED", params: JSON.stringify({ [odd]: odd }) }),
  "a failed task's parameters that are no JSON": (odd) => listing({ status: "FAILED", params: odd }),
  "a failed task's times": (odd) => listing({ status: "FAILED", created_at: odd, updated_at: odd }),
  "why a task failed": (odd) => listing({ status: "FAILED", error_code: odd, fail_reason: odd }),
  "an instance's status": (odd) => ({ status: 200, body: { tasks: [], ...instanceOf(instanceId), status: odd } }),
  "an error's code": (odd) => ({ status: 403, body: { error_code: odd, error_msg: "no" } }),
  "an error's text": (odd) => ({ status: 403, body: { error_code: "DMS.00403002", error_msg: odd } }),
  "a transient error's text": (odd) => ({ status: 503, body: { error_code: odd, error_msg: odd } }),
  "a body that is no JSON": (odd) => ({ status: 200, body: `<html>${odd}` }),
  "the reason for an absence": (odd) => ({ status: 404, body: { error_code: "DMS.00404022", error_msg: odd } }),
};

function listing(changes: object): Answer {
  const task = { ...recordOf(taskId), created_at: "2099-01-01T00:00:00.000Z", ...changes };
  return { status: 200, body: { task_count: "1", tasks: [task], ...jobOf(taskId), ...changes } };
}

const briefly = { timeoutSeconds: 0.3, appearTimeoutSeconds: 0, minDelaySeconds: 0.1 };

/** Who prints: everything that reaches a terminal or the engine. */
const speakers: { [name: string]: (endpoint: string, provider: SpeakingProvider) => Promise<string> } = {
  "a function for a task": (endpoint) => said(() => getBackgroundTask({ instanceId, taskId, endpoint, ...briefly })),
  "a function for a job": (endpoint) => said(() => getBackgroundTask({ instanceId, taskId, endpoint, service: "dcs", ...briefly })),
  "a function for a name": (endpoint) => said(() => getBackgroundTask({ instanceId, name: "x", createdAfter: "2020-01-01T00:00:00Z", endpoint, ...briefly })),
  "a function for a list": (endpoint) => said(() => getBackgroundTasks({ instanceId, endpoint, ...briefly })),
  "a function for a quiet instance": (endpoint) => said(() => getQuietInstance({ instanceId, endpoint, quietSeconds: 0, ...briefly })),
  "a resource": (endpoint, provider) => provider.saysOfCreating({ instanceId, taskId, endpoint, ...briefly }),
}; // prettier-ignore

async function said(work: () => Promise<unknown>): Promise<string> {
  const { printed, error } = await printedBy(work);
  return `${printed}\n${error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : ""}`;
}

/** Each field x each kind of character x whoever prints: none of them reaches a terminal. */
export function terminalTrials(size: Size, provider: SpeakingProvider): Trial[] {
  return Object.entries(fields).flatMap(([field, answerWith]) =>
    Object.entries(characters).flatMap(([kind, odd]) =>
      Object.entries(speakers).map(([speaker, speak]) => {
        const texts = fc.array(fc.constantFrom(...odd), { minLength: 1, maxLength: 3 });
        return propertyTrial(`terminal: ${field}: ${kind}: ${speaker}`, size, { full: 6, quick: 1 }, texts, (parts) =>
          holdsFor((endpoint) => speak(endpoint, provider), answerWith(`Zq${parts.join("Zq")}Zw`), parts),
        );
      }),
    ),
  );
}

async function holdsFor(speak: (endpoint: string) => Promise<string>, answer: Answer, parts: string[]): Promise<void> {
  const server = await RecordingServer.start(() => answer);
  try {
    const text = await speak(server.url);
    // Our own texts have line breaks, too.
    const reached = parts.find((part) => text.includes(part === "\n" ? "Zq\n" : part));
    if (reached !== undefined) {
      const at = text.indexOf(reached);
      throw new Error(
        `${JSON.stringify(reached)} was printed: ${JSON.stringify(text.slice(Math.max(0, at - 200), at + 100))}`,
      );
    }
  } finally {
    await server.close();
  }
}

import { getBackgroundTask } from "../../provider/functions/getBackgroundTask";
import { getBackgroundTasks } from "../../provider/functions/getBackgroundTasks";
import { getQuietInstance } from "../../provider/functions/getQuietInstance";
import { identityFor } from "../../provider/identity/identities";
import { create, search } from "../../provider/lifecycle";
import { deleteRecordWith } from "../../provider/service/client";
import { readSettings } from "../../provider/settings/settings";
import { WaitTimedOutError } from "../../provider/task/errors";
import { ownErrorOf } from "../observed/ownError";
import { printedBy } from "../observed/printed";
import { type Answer, RecordingServer, type SeenRequest } from "../answers/recordingServer";
import type { Size, Trial } from "../trials/trial";
import { checked } from "./checked";
import { askAs, documentedAnswer, loginRouteOf, logins } from "../answers/logins";
import { oddAnswers } from "./oddAnswers";
import { propertyTrial } from "./propertyTrial";
import { instanceOf, jobOf, recordOf } from "../answers/serviceAnswers";

/** Something that asks the service, and the documented answer. */
interface Asking {
  name: string;
  documented: Answer;
  ask: (url: string) => Promise<unknown>;
  /** What is answered as documented, whatever else is odd. */
  answersOthers?: (request: SeenRequest, url: string) => Answer | undefined;
}

const [instanceId, taskId] = ["3f1cd3a4-5a7e-4a5c-9b5e-0f8a7f6f1c2d", "8abfa7b272adc5b40172b73130065ae7"];
const early = "2020-01-01T00:00:00Z";
const briefly = { timeoutSeconds: 0.3, appearTimeoutSeconds: 0, minDelaySeconds: 0.1 };
const list: Answer = { status: 200, body: { task_count: "1", tasks: [recordOf(taskId)] } };
const job: Answer = { status: 200, body: jobOf(taskId) };

const instance: Answer = { status: 200, body: instanceOf(instanceId) };
const isOfTasks = (target: string) => target.includes("/tasks");

const ofTasks: Asking[] = [
  { name: "a look at a task", documented: list, ask: (endpoint) => getBackgroundTask({ instanceId, taskId, endpoint, wait: false }) },
  { name: "a wait for a task", documented: list, ask: (endpoint) => getBackgroundTask({ instanceId, taskId, endpoint, ...briefly }) },
  { name: "a look at a job", documented: job, ask: (endpoint) => getBackgroundTask({ instanceId, taskId, endpoint, wait: false, service: "dcs" }) },
  { name: "a look by name", documented: list, ask: (endpoint) => getBackgroundTask({ instanceId, name: "restart", endpoint, wait: false }) },
  { name: "a list", documented: list, ask: (endpoint) => getBackgroundTasks({ instanceId, endpoint, ...briefly }) },
  { name: "a wait for a quiet instance", documented: list, ask: (endpoint) => getQuietInstance({ instanceId, endpoint, quietSeconds: 0, ...briefly }), answersOthers: ({ target }) => (isOfTasks(target) ? undefined : instance) },
  { name: "a look at an instance", documented: instance, ask: (endpoint) => getQuietInstance({ instanceId, endpoint, quietSeconds: 0, ...briefly }), answersOthers: ({ target }) => (isOfTasks(target) ? list : undefined) },
  { name: "a BackgroundTask", documented: list, ask: (endpoint) => checked("task", { instanceId, taskId, endpoint, ...briefly }, (inputs) => create(inputs as never)) },
  { name: "a search for a name", documented: list, ask: (endpoint) => checked("search", { instanceId, name: "restart", createdAfter: early, endpoint, ...briefly }, (inputs) => search.create(inputs as never)) },
  { name: "a deletion", documented: { status: 204, body: {} }, ask: (endpoint) => deleteRecord(endpoint) },
]; // prettier-ignore

const ofLogins = logins.flatMap((login) =>
  login.routes.map((route): Asking => ({
    name: `${route} for ${login.name}`,
    documented: documentedAnswer(route, "http://127.0.0.1:9", "5a1e0c7d93b64f28b0d7f6e4a2c81935"),
    ask: (url) => askAs(login, url),
    answersOthers: (request, url) => {
      const asked = loginRouteOf(request);
      if (asked === route) return undefined;
      return asked
        ? documentedAnswer(asked, url, "5a1e0c7d93b64f28b0d7f6e4a2c81935")
        : { status: 200, body: { tasks: [] } };
    },
  })),
);

/** Each request x each kind of odd answer: whatever comes, a rejection is the package's own error, and short. */
export function replyTrials(size: Size): Trial[] {
  return [...ofTasks, ...ofLogins].flatMap((asking) =>
    Object.entries(oddAnswers(asking.documented)).map(([kind, arbitrary]) =>
      propertyTrial(`replies: ${asking.name}: ${kind}`, size, { full: 80, quick: 5 }, arbitrary, (answer) =>
        holdsFor(asking, answer),
      ),
    ),
  );
}

async function holdsFor({ ask, answersOthers }: Asking, answer: Answer): Promise<void> {
  const server = await RecordingServer.start((request) => answersOthers?.(request, server.url) ?? answer);
  try {
    const { error } = await printedBy(() => ask(server.url));
    // On a busy machine, the short deadline may pass before the first request.
    const isLate = error !== undefined && ownErrorOf(error) instanceof WaitTimedOutError;
    if (server.requests.length === 0 && !isLate) throw new Error("nothing was sent");
    if (error === undefined) return;
    const { message } = ownErrorOf(error);
    if (message.length > 5000) throw new Error(`its message has ${message.length} characters`);
  } finally {
    await server.close();
  }
}

function deleteRecord(url: string): Promise<boolean> {
  const env = { OS_TOKEN: "token-of-hostile-inputs", OS_PROJECT_ID: "p", OS_DMS_ENDPOINT_OVERRIDE: url };
  const identity = identityFor(readSettings({}, () => undefined, env, { cwd: "/nowhere", home: "/nowhere" }));
  return deleteRecordWith(identity, "kafka")({ instanceId, taskId }, { timeoutMs: 5000 });
}

import { ownErrorOf } from "../observed/ownError";
import { printedBy } from "../observed/printed";
import { RecordingServer } from "../answers/recordingServer";
import type { Size, Trial } from "../trials/trial";
import { askAs, documentedAnswer, type Login, loginRouteOf, logins } from "../answers/logins";
import { isId, oddIds } from "./oddIds";
import { propertyTrial } from "./propertyTrial";

/** Each login x each kind of odd project's id that IAM answers with: it gets into no path unless design.md allows it. */
export function projectTrials(size: Size): Trial[] {
  return logins.flatMap((login) =>
    Object.entries(oddIds).map(([kind, arbitrary]) =>
      propertyTrial(`ids: a project's id from ${login.name}: ${kind}`, size, { full: 60, quick: 5 }, arbitrary, (id) =>
        holdsFor(login, id),
      ),
    ),
  );
}

async function holdsFor(login: Login, projectId: string): Promise<void> {
  const server = await RecordingServer.start((request) => {
    const route = loginRouteOf(request);
    return route ? documentedAnswer(route, server.url, projectId) : { status: 200, body: { tasks: [] } };
  });
  try {
    const { error } = await printedBy(() => askAs(login, server.url));
    if (error !== undefined) ownErrorOf(error);
    const sent = server.requests.filter((request) => loginRouteOf(request) === undefined).map(({ target }) => target);
    const expected = isId(projectId) ? [`/v2/${projectId}/instances/i/tasks`] : [];
    if (JSON.stringify(sent) !== JSON.stringify(expected))
      throw new Error(`requests were sent to ${JSON.stringify(sent)}`);
  } finally {
    await server.close();
  }
}

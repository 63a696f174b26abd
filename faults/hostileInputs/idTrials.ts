import { printedBy } from "../observed/printed";
import { ownErrorOf } from "../observed/ownError";
import { RecordingServer } from "../answers/recordingServer";
import type { Size, Trial } from "../trials/trial";
import { type Call, calls, type Ids } from "./calls";
import { isId, oddIds } from "./oddIds";
import { propertyTrial } from "./propertyTrial";
import { answerOfService } from "../answers/serviceAnswers";

let ordinaryIds = 0;

/** New ones each time: looks at one instance are shared, and a record that another resource names is not deleted. */
function makeOrdinaryIds(): Ids {
  const number = (++ordinaryIds).toString(16);
  const [projectId, taskId] = ["5a1e0c7d", "8abfa7b2"].map(
    (beginning) => beginning.padEnd(32 - number.length, "0") + number,
  );
  return { projectId: projectId!, instanceId: `3f1cd3a4-5a7e-4a5c-9b5e-${number.padStart(12, "0")}`, taskId: taskId! };
}

/**
 * Each call x each id that it takes x each kind of odd id. With ids that design.md allows, each request's path has the
 * documented segments and no other; with others, nothing is sent and the error is the package's own.
 */
export function idTrials(size: Size, projectOfEnvironment: string): Trial[] {
  return calls.flatMap((call) =>
    call.takes.flatMap((taken) =>
      Object.entries(oddIds).map(([kind, arbitrary]) => {
        const name = `ids: ${call.name}: ${taken}: ${kind}`;
        return propertyTrial(name, size, { full: 60, quick: 10 }, arbitrary, (odd) =>
          holdsFor(call, { ...makeOrdinaryIds(), [taken]: odd }, projectOfEnvironment),
        );
      }),
    ),
  );
}

async function holdsFor(call: Call, ids: Ids, projectOfEnvironment: string): Promise<void> {
  const server = await RecordingServer.start((request) => answerOfService(request, ids.taskId));
  try {
    const { error } = await printedBy(() => call.run(ids, server.url));
    if (error !== undefined && call.neverRejects) throw new Error("it rejected", { cause: error });
    if (error !== undefined) ownErrorOf(error);
    const isAllowed = Object.values(ids).every(isId);
    if (isAllowed && error !== undefined) throw new Error(`it refuses ${JSON.stringify(ids)}`, { cause: error });
    if (isAllowed === (server.requests.length === 0)) {
      throw new Error(`${server.requests.length} requests were sent with ${JSON.stringify(ids)}`);
    }
    // In the id of a resource, "-" stands for a project that is not known.
    const projectId =
      ids.projectId === "-" && call.name.includes("its id alone") ? projectOfEnvironment : ids.projectId;
    const documented = pathsOf({ ...ids, projectId });
    for (const { target } of server.requests) {
      const path = target.split("?")[0]!;
      if (!documented.includes(path)) throw new Error(`a request was sent to ${path}`);
    }
  } finally {
    await server.close();
  }
}

function pathsOf({ projectId, instanceId, taskId }: Ids): string[] {
  const instance = `/v2/${projectId}/instances/${instanceId}`;
  return [instance, `${instance}/tasks`, `${instance}/tasks/${taskId}`, `/v2/${projectId}/jobs/${taskId}`];
}

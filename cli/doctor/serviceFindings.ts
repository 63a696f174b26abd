import type { ClockOffset } from "../../provider/clock/serviceClock";
import { isForbidden } from "../../provider/http/errorReply";
import type { RequestBounds } from "../../provider/http/exchange";
import { type Account, accountOf } from "../../provider/identity/account";
import type { Identity } from "../../provider/identity/identity";
import { quote } from "../../provider/output/secrets";
import { listPageWith, showInstanceWith } from "../../provider/service/client";
import { listInstances } from "../../provider/service/instanceList";
import { lookWith } from "../../provider/service/taskLook";
import type { Settings } from "../../provider/settings/settings";
import { describeStart, describeTask } from "../../provider/task/descriptions";
import { type ServiceName, services } from "../../provider/task/services";
import { shortList } from "../../provider/task/shortList";
import type { BackgroundTaskResult } from "../../provider/task/task";
import { kindOfInstanceStatus } from "../../provider/task/taskStatus";
import { type Finding, faultOf, notChecked, ok, warning } from "./finding";

/** What the checks ask of the service. */
export interface Questions {
  settings: Settings;
  identity: Identity;
  service: ServiceName;
  bounds: RequestBounds;
}

/** Whose the credentials are. `seen` are the checks that sent requests: a password has been accepted only if one of them was answered. */
export async function loginFinding({ settings, bounds }: Questions, seen: Finding[]): Promise<Finding[]> {
  const { agency, credentials } = settings;
  if (seen.some(({ topic }) => topic === "login")) {
    return [];
  }
  if (credentials.method === "password" && !seen.some(({ topic, state }) => topic === "project" && state === "ok")) {
    return [notChecked("login", "nothing answered that checks it")];
  }
  try {
    const account = await accountOf(settings, bounds);
    const who = account
      ? ownerOf(account, settings)
      : `a ${credentials.method} whose owner is unknown, because no address of IAM is set`;
    const as = agency
      ? `, as agency ${quote(agency.name)} of domain ${quote(agency.domain.name ?? agency.domain.id)}`
      : "";
    return [ok("login", who + as)];
  } catch (error) {
    return [faultOf("login", error)];
  }
}

function ownerOf({ user, domain }: Account, { credentials }: Settings): string {
  const whose = credentials.method === "key" ? "an access key" : `user ${quote(user ?? "") || "without a name"}`;
  return `${whose} of domain ${quote(domain ?? "") || "without a name"}`;
}

/** Whether the service is reached and accepts the login, by the project's instances. */
export async function projectFindings({ identity, service, bounds }: Questions): Promise<Finding[]> {
  try {
    const { projectId, instances, clockOffset } = await listInstances(identity, service, bounds);
    const described = shortList(
      instances,
      ({ instanceId, name, status }) =>
        `${quote(instanceId)} (${quote(name ?? "") || "without a name"}, ${quote(status ?? "") || "no status"})`,
    );
    return [
      ok("project", projectId),
      ok("instances", instances.length === 0 ? "none in this project" : described),
      clockFinding(clockOffset),
    ];
  } catch (error) {
    // Who may not list instances may still wait for the tasks of one.
    return isForbidden(error)
      ? [warning("instances", error.message, "This is not needed to wait: name an instance to check what is.")]
      : [faultOf("instances", error)];
  }
}

/** Whether an instance is found, and whether its tasks may be listed and shown. */
export async function instanceFindings(instanceId: string, questions: Questions): Promise<Finding[]> {
  const { identity, service, bounds } = questions;
  const { paging } = services[service];
  try {
    const request = { instanceId, skip: 0, limit: 10, paging: paging[0]! };
    const page = await listPageWith(identity, service)(request, bounds);
    if (page.absence) {
      const reason = page.absence.reason === undefined ? "" : ` (${page.absence.reason})`;
      return [
        ok("project", page.projectId),
        {
          topic: "instance",
          state: "fault",
          text: `${instanceId} was not found${reason}`,
          advice: `Check the id, the project, the region and --service (${service}).`,
        },
      ];
    }
    const [newest] = page.tasks;
    return [
      ok("project", page.projectId),
      await statusFinding(instanceId, questions),
      ok(
        "tasks listed",
        newest
          ? `the newest is ${describeTask(newest, false)} ${quote(newest.status ?? "")}${describeStart(newest)}`
          : "none",
      ),
      newest ? await showFinding(newest, questions) : notChecked("task shown", "the instance has no task"),
      clockFinding(page.clockOffset),
    ];
  } catch (error) {
    return [faultOf("tasks listed", error)];
  }
}

async function showFinding(newest: BackgroundTaskResult, { identity, service, bounds }: Questions): Promise<Finding> {
  try {
    const { task, absence } = await lookWith(identity, service)(newest, bounds);
    return task
      ? ok("task shown", `${describeTask(task, false)} ${quote(task.status ?? "")}`)
      : warning(
          "task shown",
          `the list has it, but a look by id does not (${absence?.reason ?? "no reason"})`,
          "Waits use the list.",
        );
  } catch (error) {
    return faultOf("task shown", error);
  }
}

/** The instance's own status, for which a barrier waits. */
async function statusFinding(instanceId: string, { identity, service, bounds }: Questions): Promise<Finding> {
  try {
    const { status, absence } = await showInstanceWith(identity, service)(instanceId, bounds);
    if (absence) {
      return warning("instance", `its tasks are listed, but it is not shown (${absence.reason ?? "no reason"})`);
    }
    const text = `its status is ${quote(status ?? "") || "missing"}`;
    return kindOfInstanceStatus(status, service) === "ready"
      ? ok("instance", text)
      : warning("instance", text, "Operations need RUNNING.");
  } catch (error) {
    return isForbidden(error)
      ? warning("instance", error.message, "Without it, a QuietInstance goes by the tasks alone.")
      : faultOf("instance", error);
  }
}

// API Gateway refuses signatures that are more than 15 minutes old.
const mostApartMs = 15 * 60_000;

function clockFinding(offset: ClockOffset | undefined): Finding {
  if (offset === undefined) {
    return warning(
      "clock",
      "the service's reply has no usable Date header",
      "Waits by name cannot compare the clocks: set createdAfter to a time of the service.",
    );
  }
  const [least, greatest] = [offset.leastMs, offset.greatestMs].map((ms) => (ms / 1000).toFixed(1));
  const text = `the service's is ${least} to ${greatest} s ahead of this machine's`;
  return Math.abs(offset.leastMs) > mostApartMs
    ? warning(
        "clock",
        text,
        "Set this machine's clock: signatures must not be more than 15 minutes old (they are corrected by the difference).",
      )
    : ok("clock", text);
}

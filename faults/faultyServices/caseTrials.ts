import { getBackgroundTask } from "../../provider/functions/getBackgroundTask";
import { FaultyService } from "../servers/faultyService";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import type { CloudsFile } from "../waits/cloudsFile";
import { waitByFunction } from "../waits/functionWait";
import { changesTo, type ResourceVerdict, waitByCreate, waitByUpdate } from "../waits/resourceWait";
import { describeVerdict, type Verdict } from "../waits/verdict";
import type { StartedProvider } from "../../tests/process/startedProvider";
import { project, token } from "../servers/login";
import { type FaultCase, type Promised, Subject, usualArguments } from "./faultCase";

export interface Surroundings {
  clouds: CloudsFile;
  /** That of an update, and that of the next one. */
  providers: [StartedProvider, StartedProvider];
}

// A machine with few cores and much to do is late by this much, whatever is promised.
const lateSeconds = 1.5;

/** A case, through the function and through the resource. */
export function trialsOf(fault: FaultCase, random: Random, { clouds, providers }: Surroundings): Trial[] {
  const inSurroundings = async (
    form: "function" | "resource",
    wait: (service: FaultyService, subject: Subject, cloud: string) => Promise<void>,
  ) => {
    const subject = subjectOf(random, form);
    const service = await FaultyService.start(fault.answer(subject), fault.server?.(subject));
    const cloud = `cloud-${subject.label}`;
    const { port } = service;
    clouds.set(cloud, {
      auth_type: "token",
      auth: { auth_url: `http://127.0.0.1:${port}/v3`, token: `token-of-${subject.label}`, project_id: project.id },
      region_name: "eu-de",
      dms_endpoint_override: fault.endpoint?.(port, subject) ?? `http://127.0.0.1:${port}`,
      ...fault.cloud?.(port, subject),
    });
    try {
      fault.begin?.(service);
      await wait(service, subject, cloud);
    } finally {
      clouds.remove(cloud);
      service.close();
    }
  };

  return [
    {
      name: `${fault.name} (function)`,
      run: () =>
        inSurroundings("function", async (service, subject, cloud) => {
          const verdict = await waitByFunction(() => getBackgroundTask(argumentsOf(fault, subject, cloud)));
          await throwUnlessKept(fault, service, subject, verdict);
        }),
    },
    {
      name: `${fault.name} (resource)`,
      run: () =>
        inSurroundings("resource", async (service, subject, cloud) => {
          const inputs = argumentsOf(fault, subject, cloud);
          const verdict = await waitByCreate(providers[0], inputs);
          await throwUnlessKept(fault, service, subject, verdict);
          throwUnlessRecorded(inputs, verdict);
          await throwUnlessResumed(fault, service, subject, inputs, verdict, providers[1]);
        }),
    },
  ];
}

function subjectOf(random: Random, form: string): Subject {
  const digits = (count: number) => Array.from({ length: count }, () => random.between(0, 15).toString(16)).join("");
  return new Subject(`${form}${digits(10)}`, digits(32), digits(32));
}

function argumentsOf(fault: FaultCase, { instanceId, taskId }: Subject, cloud: string) {
  return { instanceId, taskId, cloud, ...usualArguments, ...fault.args };
}

async function throwUnlessKept(
  fault: FaultCase,
  service: FaultyService,
  subject: Subject,
  verdict: Verdict,
): Promise<void> {
  const { promised } = fault;
  const faults = [
    ...(promised.error ? faultsOfError(promised.error, verdict) : faultsOfTask(promised, subject, verdict)),
    ...faultsOfEffort(promised, service, verdict),
  ];
  if (faults.length > 0) throw new Error(`${faults.join("; ")}. It ${describeVerdict(verdict)}`);
  fault.and?.(service, subject);
  await throwUnlessLeft(service);
}

function faultsOfError(promised: { name: string; message: RegExp }, { task, error }: Verdict): string[] {
  if (!error) return [`it resolved with the status ${JSON.stringify(task?.["status"])} instead of failing`];
  const isNamed = error.name === undefined || error.name === promised.name;
  return [
    ...(isNamed ? [] : [`it should be a ${promised.name}`]),
    ...(promised.message.test(error.message) ? [] : [`its message should match ${promised.message}`]),
  ];
}

function faultsOfTask({ fields }: Promised, { instanceId, taskId }: Subject, { task, error }: Verdict): string[] {
  if (error) return ["it failed instead of resolving"];
  const wanted = { instanceId, taskId, status: "SUCCESS", ...fields };
  return Object.entries(wanted)
    .filter(([name, value]) => task?.[name] !== value)
    .map(([name, value]) => `its ${name} should be ${JSON.stringify(value)}, but is ${JSON.stringify(task?.[name])}`);
}

function faultsOfEffort(promised: Promised, service: FaultyService, { seconds, stalledSeconds }: Verdict): string[] {
  const { notBeforeSeconds = 0, withinSeconds, requests, connections = Infinity, logins = Infinity } = promised;
  const count = (what: string, is: number, most: number) => (is > most ? [`${is} ${what} instead of ${most}`] : []);
  return [
    ...(seconds > withinSeconds + lateSeconds + stalledSeconds
      ? [`it took ${seconds.toFixed(1)} s instead of ${withinSeconds} s`]
      : []),
    ...(seconds < notBeforeSeconds ? [`it took only ${seconds.toFixed(2)} s instead of ${notBeforeSeconds} s`] : []),
    ...count("requests", service.looks.length, requests),
    ...count("logins", service.requests.length - service.looks.length, logins),
    ...count("connections", service.connections, connections),
  ];
}

/** Nobody waits for a reply any longer. */
async function throwUnlessLeft(service: FaultyService): Promise<void> {
  const untilMs = performance.now() + 1000 + lateSeconds * 1000;
  while (service.inFlight > 0) {
    if (performance.now() > untilMs) throw new Error(`${service.inFlight} requests were still open a second later`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The engine records whatever comes of a wait, with all that the next update needs. */
function throwUnlessRecorded(inputs: { [name: string]: unknown }, { id, state }: ResourceVerdict): void {
  const lost = Object.entries(inputs).filter(([name, value]) => state[name] !== value);
  if (lost.length > 0) throw new Error(`the state lacks ${lost.map(([name]) => name).join(", ")}`);
  if (typeof state["__provider"] !== "string") throw new Error("the state lacks the provider's text");
  const wanted = `kafka/${project.id}/${inputs["instanceId"] as string}/${inputs["taskId"] as string}`;
  if (id !== wanted) throw new Error(`the resource's id is ${id} instead of ${wanted}`);
}

async function throwUnlessResumed(
  { isResumed = true }: FaultCase,
  service: FaultyService,
  { done }: Subject,
  inputs: { [name: string]: unknown },
  verdict: ResourceVerdict,
  next: StartedProvider,
): Promise<void> {
  const changes = await changesTo(next, verdict, inputs);
  const wanted = verdict.error ? "update" : "none";
  if (changes !== wanted) throw new Error(`the next update would do ${changes} instead of ${wanted}`);
  if (!verdict.error || !isResumed) return;
  service.answer = (exchange) => (exchange.route === "other" ? token(exchange) : done(exchange));
  await service.listenAgain();
  const resumed = await waitByUpdate(next, verdict.id, verdict.state, inputs);
  if (resumed.task?.["status"] !== "SUCCESS") {
    throw new Error(`the next update does not resume the wait: it ${describeVerdict(resumed)}`);
  }
}

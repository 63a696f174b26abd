import { compare } from "../comparison/comparison";
import { type Finding, faultOf } from "../doctor/finding";
import { instanceFindings, loginFinding, projectFindings, type Questions } from "../doctor/serviceFindings";
import { connectionFindings, settingFindings } from "../doctor/settingFindings";
import { versionFindings } from "../doctor/versions";
import { identityFor } from "../../provider/identity/identities";
import type { Settings } from "../../provider/settings/settings";
import { checkId, configurationOf, type PlaceOptions, serviceOf, settingsOf } from "../surroundings/place";
import { inCommandWords } from "../terminal/commandWords";
import { exitCodes, UsageError } from "../terminal/exitCodes";
import { jsonOf, type Output } from "../terminal/output";
import { tableOf } from "../terminal/table";

export interface DoctorOptions extends PlaceOptions {
  compare?: boolean;
  output: string;
  json?: boolean;
}

const requestMs = 10_000;

/** `doctor [INSTANCE]`: each check's line; resolves with the exit code. */
export async function examine(
  instanceId: string | undefined,
  options: DoctorOptions,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  if (instanceId !== undefined) {
    checkId("INSTANCE", instanceId);
  }
  if (options.compare && instanceId === undefined) {
    throw new UsageError("--compare needs an INSTANCE whose tasks are read.");
  }
  const findings: Finding[] = [];
  const add = (...found: Finding[]) => findings.push(...found);
  add(...(await versionFindings(process.cwd())));
  const settings = await readSettings(options, add);
  if (settings !== undefined) {
    const service = serviceOf(options);
    const questions = { settings, service, identity: identityFor(settings), bounds: { timeoutMs: requestMs, signal } };
    const asked = instanceId === undefined ? projectFindings(questions) : instanceFindings(instanceId, questions);
    const found = await asked;
    add(...connectionFindings(settings, service), ...(await loginFinding(questions, found)), ...found);
    signal.throwIfAborted();
    if (options.compare && !hasFault(findings)) {
      add(...(await compareWith(instanceId!, questions, options.output, output)));
    }
  }
  print(findings, options.json === true, output);
  return hasFault(findings) ? exitCodes.taskFailed : exitCodes.succeeded;
}

async function readSettings(options: DoctorOptions, add: (...found: Finding[]) => void): Promise<Settings | undefined> {
  try {
    const settings = settingsOf(options, await configurationOf(options));
    add(...settingFindings(settings, options.stack));
    return settings;
  } catch (error) {
    add(faultOf("settings", error));
    return undefined;
  }
}

async function compareWith(instanceId: string, questions: Questions, file: string, output: Output): Promise<Finding[]> {
  const findings = await compare(instanceId, questions, file);
  output.tell(`The replies, made anonymous, are in ${file}: attach it to an issue if something is not as assumed.`);
  return findings;
}

function hasFault(findings: Finding[]): boolean {
  return findings.some(({ state }) => state === "fault");
}

function print(findings: Finding[], asJson: boolean, output: Output): void {
  const inWords = findings.map((finding) => ({
    ...finding,
    text: inCommandWords(finding.text),
    advice: finding.advice && inCommandWords(finding.advice),
  }));
  if (asJson) {
    output.result(jsonOf({ checks: inWords }));
    return;
  }
  const rows = inWords.map(({ state, topic, text, advice }) => [
    state,
    topic,
    (advice ? `${text.replace(/\.$/, "")}. ${advice}` : text).replace(/\n/g, " "),
  ]);
  tableOf(["STATE", "CHECK", "FOUND"], rows).forEach((line) => output.result(line));
}

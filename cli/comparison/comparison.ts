import { writeFileSync } from "node:fs";
import type { Questions } from "../doctor/serviceFindings";
import { type Finding, faultOf, notChecked, ok } from "../doctor/finding";
import { describeReply } from "../../provider/http/errorReply";
import { UsageError } from "../terminal/exitCodes";
import { ownPackage } from "../surroundings/ownPackage";
import { BackgroundTaskError } from "../../provider/task/errors";
import { services } from "../../provider/task/services";
import { assumptions, type Seen, tasksOf } from "./assumptions";
import { RecordedReplies } from "./recordedReplies";

/**
 * Checks each assumption about the service by requests that only read, and writes the replies, made anonymous, to a file.
 */
export async function compare(instanceId: string, questions: Questions, file: string): Promise<Finding[]> {
  const { identity, service, bounds } = questions;
  const replies = new RecordedReplies(identity, service, instanceId, bounds);
  const [way] = services[service].paging;
  const findings: Finding[] = [];
  try {
    const reply = await replies.list({ [way!]: way === "start" ? "1" : "0", limit: "10" });
    const tasks = tasksOf(reply);
    if (tasks === undefined) {
      throw new BackgroundTaskError(`the list of tasks is no list of records: ${describeReply(reply)}`);
    }
    for (const { topic, check } of assumptions) {
      findings.push(findingOf(`assumed: ${topic}`, await check(replies, { service, reply, tasks })));
    }
  } catch (error) {
    findings.push(faultOf("comparison", error));
  }
  const { version } = ownPackage();
  const comparison = findings.map(({ topic, state, text }) => ({ topic, state, text }));
  const text = JSON.stringify({ version, service, comparison, replies: replies.replies }, undefined, 2);
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new UsageError(`--output ${JSON.stringify(file)} cannot be written (${code}): name another file.`);
  }
  return findings;
}

function findingOf(topic: string, { holds, text }: Seen): Finding {
  if (holds === "not seen") {
    return notChecked(topic, text);
  }
  return holds ? ok(topic, text) : { topic, state: "fault", text, advice: "Not as assumed: please report it." };
}

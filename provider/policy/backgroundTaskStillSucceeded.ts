import * as pulumi from "@pulumi/pulumi";
import type { PolicyConfigSchema, StackValidationPolicy } from "@pulumi/policy";
import { describeTask } from "../task/descriptions";
import { shortList } from "../task/shortList";
import type { BackgroundTaskResult } from "../task/task";
import { kindOfStatus } from "../task/taskStatus";
import { type RecordedTask, recordedTasks } from "./recordedTasks";
import { settingsOf } from "./ruleSettings";
import { type Answer, ServiceQuestions } from "./serviceQuestions";
import {
  describeResource,
  faultOf,
  type OnUnreachable,
  onUnreachableSchema,
  reportUnreachable,
  waitAgain,
  warn,
} from "./ruleMessages";

/** Settings of `background-task-still-succeeded`. */
export interface BackgroundTaskStillSucceededSettings {
  /** If the service does not answer: a warning (default) or a violation. */
  onUnreachable?: OnUnreachable;
  /** How many seconds all requests together may take, 1 to 300. Default: 30. */
  timeoutSeconds?: number;
  /** How many tasks to ask about, 1 to 1,000. Default: 100. The others are listed as not checked. */
  maxTasks?: number;
}

const name = "background-task-still-succeeded";

const configSchema: PolicyConfigSchema = {
  properties: {
    onUnreachable: onUnreachableSchema("warn"),
    timeoutSeconds: {
      type: "number",
      minimum: 1,
      maximum: 300,
      default: 30,
      description: "How many seconds all requests together may take.",
    },
    maxTasks: {
      type: "integer",
      minimum: 1,
      maximum: 1000,
      default: 100,
      description: "How many tasks to ask about.",
    },
  },
};

// Enough for quick answers, few enough not to be throttled.
const atOnce = 8;

/**
 * Holds when the service still reports success for every `BackgroundTask` of the stack and each task of a
 * `QuietInstance`. A missing record is not a failure. A preview asks only about recorded successes: the waits for the
 * other tasks are still to come.
 */
export const backgroundTaskStillSucceeded: StackValidationPolicy = {
  name,
  displayName: "Background tasks are still successful",
  description: "The service still reports success for every background task that the stack waited for.",
  enforcementLevel: "advisory",
  configSchema,
  remediationSteps: waitAgain,
  validateStack: async (args, reportViolation) => {
    const settings = settingsOf<Required<BackgroundTaskStillSucceededSettings>>(name, configSchema, args);
    const { timeoutSeconds, maxTasks } = settings;
    const isPreview = pulumi.runtime.isDryRun();
    const tasks = recordedTasks(args.resources, isPreview).filter(
      ({ task }) => task.taskId && task.instanceId && !(isPreview && !isSuccess(task)),
    );
    const byQuestion = groupBy(tasks, questionOf);
    const questions = [...byQuestion.values()];
    const service = new ServiceQuestions(timeoutSeconds);
    const answers = await mapLimited(questions.slice(0, maxTasks), ([first]) =>
      service.taskNow(first!.task, first!.place),
    );

    const gone: string[] = [];
    const unanswered = new Map<string, string[]>();
    questions.forEach((asking, i) => {
      const answer: Answer<BackgroundTaskResult | undefined> = answers[i] ?? {
        whyNot: `the limit is ${maxTasks} task${maxTasks === 1 ? "" : "s"} (maxTasks)`,
      };
      for (const { resource, task } of asking) {
        const what = `${describeResource(resource)}: ${describeTask(task)}`;
        if ("whyNot" in answer) {
          unanswered.set(answer.whyNot, [...(unanswered.get(answer.whyNot) ?? []), what]);
        } else if (!answer.answer || isRemoved(answer.answer.status, task)) {
          gone.push(what);
        } else {
          const fault = faultOf(answer.answer);
          if (fault !== undefined) {
            const was = isSuccess(task)
              ? ", according to the service now, although the resource recorded a success"
              : "";
            reportViolation(`${describeResource(resource)}: ${fault}${was}. ${waitAgain}`, resource.urn);
          }
        }
      }
    });

    if (gone.length > 0) {
      warn(name, `the service no longer has the record of ${shortList(gone, String, "; ")}. That is not a failure.`);
    }
    for (const [whyNot, whats] of unanswered) {
      const message = `could not check ${shortList(whats, String, "; ")}: ${whyNot}.`;
      reportUnreachable(name, settings, message, reportViolation);
    }
  },
};

function isSuccess({ status, service }: RecordedTask["task"]): boolean {
  return kindOfStatus(status, service) === "success";
}

/** A success whose status has become DELETED: its record was removed. */
function isRemoved(status: string | undefined, recorded: RecordedTask["task"]): boolean {
  return status === "DELETED" && isSuccess(recorded);
}

/** Equal for resources that wait for the same task at the same place. */
function questionOf({ task, place }: RecordedTask): string {
  const { service, instanceId, taskId } = task;
  return JSON.stringify([
    service,
    instanceId,
    taskId,
    place.projectId,
    place.region,
    place.cloud,
    place.cloudProvider,
    place.endpoint,
  ]);
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Asks a few at a time; the answers are in the order of the questions. */
async function mapLimited<T, R>(items: T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await ask(items[i]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}

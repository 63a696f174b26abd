import * as pulumi from "@pulumi/pulumi";
import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { describeTask } from "../task/descriptions";
import { quote } from "../output/secrets";
import { defaultService, type ServiceName, serviceNames } from "../task/services";
import type { BackgroundTaskResult } from "../task/task";
import { isTerminal } from "../task/taskStatus";
import { hasFailed } from "../task/verdict";
import { RecentTaskLists } from "./serviceQuestions";
import { propertyOf } from "./knownValue";
import { settingsOf } from "./ruleSettings";
import {
  describeResource,
  faultOf,
  type OnUnreachable,
  onUnreachableSchema,
  reportUnreachable,
  warn,
} from "./ruleMessages";

/** Resources whose inputs name an instance. */
export interface ResourcesOfInstances {
  /** The resources' type, for instance `opentelekomcloud:index/dmsTopicV1:DmsTopicV1`. */
  type: string;
  /** The input that holds the instance's id, for instance `instanceId`. */
  property: string;
  /** The service the instance belongs to; default `kafka`. */
  service?: ServiceName;
}

/** Settings of `instance-quiet-before-change`. */
export interface InstanceQuietBeforeChangeSettings {
  /** Which resources wait for a quiet instance; with none, nothing is checked. */
  resources: ResourcesOfInstances[];
  /** Names of tasks of which the newest must not have failed; default none. */
  taskNames?: string[];
  /** Whether a service that gives no answer is a violation (default) or a warning. */
  onUnreachable?: OnUnreachable;
  /** How many seconds the question may take for one resource, 1 to 300; default 20. */
  timeoutSeconds?: number;
  /** For how many seconds an answer is used for other resources of the same instance, 0 to 300; default 0. */
  reuseSeconds?: number;
}

const name = "instance-quiet-before-change";

const configSchema: PolicyConfigSchema = {
  properties: {
    resources: {
      type: "array",
      default: [],
      description: "Which resources wait for a quiet instance.",
      items: {
        type: "object",
        required: ["type", "property"],
        additionalProperties: false,
        properties: {
          type: { type: "string", minLength: 1 },
          property: { type: "string", minLength: 1 },
          service: { enum: [...serviceNames] },
        },
      },
    },
    taskNames: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: [],
      description: "Names of tasks of which the newest must not have failed.",
    },
    onUnreachable: onUnreachableSchema("violate"),
    timeoutSeconds: {
      type: "number",
      minimum: 1,
      maximum: 300,
      default: 20,
      description: "How many seconds the question may take for one resource.",
    },
    reuseSeconds: {
      type: "number",
      minimum: 0,
      maximum: 300,
      default: 0,
      description: "For how many seconds an answer is used for other resources of the same instance.",
    },
  },
};

const remediationSteps =
  "Let the resource depend on a BackgroundTask or QuietInstance that waits for it, or run the update again later.";
const remediationOfFailure = "Repeat the operation: the newest task of that name counts.";

const lists = new RecentTaskLists();

/**
 * Holds when, at the moment before a resource is created or changed, the instance that it names has no task in progress,
 * and the newest task of each configured name did not fail. The service is asked before the engine creates the resource,
 * which is what keeps it uncreated. A preview, which creates nothing, does not ask.
 */
export const instanceQuietBeforeChange: ResourceValidationPolicy = {
  name,
  displayName: "An instance is quiet before it is changed",
  description:
    "A resource of an instance is created or changed only while the instance has no background task in progress.",
  enforcementLevel: "mandatory",
  configSchema,
  remediationSteps,
  validateResource: async (args, reportViolation) => {
    if (pulumi.runtime.isDryRun()) {
      return;
    }
    const settings = settingsOf<Required<InstanceQuietBeforeChangeSettings>>(name, configSchema, args);
    if (settings.resources.length === 0) {
      warnOfNoResources();
    }
    for (const { type, property, service = defaultService } of settings.resources) {
      if (type !== args.type) {
        continue;
      }
      const instanceId = propertyOf(args.props, property);
      if (typeof instanceId !== "string" || instanceId === "") {
        reportViolation(
          `${describeResource(args)} has no input ${JSON.stringify(property)} that names an instance: correct the resources of this policy.`,
        );
        continue;
      }
      const listed = await lists.tasksOf(instanceId, service, settings);
      if ("whyNot" in listed) {
        const message = `${describeResource(args)}: whether instance ${instanceId} is quiet could not be asked: ${listed.whyNot}.`;
        reportUnreachable(name, settings, message, reportViolation);
        continue;
      }
      for (const fault of faultsOfInstance(listed.answer, settings.taskNames)) {
        reportViolation(`${describeResource(args)} is not touched: ${fault}`);
      }
    }
  },
};

const mostNamed = 10;

/** What speaks against touching an instance with these tasks, newest first: whole sentences. */
function faultsOfInstance(tasks: BackgroundTaskResult[], taskNames: string[]): string[] {
  const running = tasks.filter(({ status, service }) => !isTerminal(status, service));
  const failed = taskNames
    .map((taskName) => tasks.find((task) => task.name === taskName))
    .filter((task) => task !== undefined && hasFailed(task));
  const more = running.length - mostNamed;
  return [
    ...running
      .slice(0, mostNamed)
      .map(
        (task) =>
          `${describeTask(task)} is in progress: its status is ${quote(task.status ?? "") || "empty"}` +
          `${task.createdAt ? ` (began ${quote(task.createdAt)})` : ""}. ${remediationSteps}`,
      ),
    ...(more > 0 ? [`${more} more of its background tasks are in progress. ${remediationSteps}`] : []),
    ...failed.map((task) => `${faultOf(task!)}. ${remediationOfFailure}`),
  ];
}

let isWarned = false;

function warnOfNoResources(): void {
  if (!isWarned) {
    isWarned = true;
    warn(name, "no resources are configured, so that nothing is checked.");
  }
}

import * as pulumi from "@pulumi/pulumi";
import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { type CloudProvider, isCloudProvider } from "../task/cloudProviders";
import { describeInstanceStatus, describeStart, describeTask } from "../task/descriptions";
import { quote } from "../output/secrets";
import { defaultService, type ServiceName, serviceNames } from "../task/services";
import type { BackgroundTaskResult } from "../task/task";
import { isTerminal, kindOfInstanceStatus } from "../task/taskStatus";
import { hasFailed } from "../task/verdict";
import { type InstanceNow, RecentInstances } from "./serviceQuestions";
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

/** Resources that have the id of an instance among their inputs. */
export interface ResourcesOfInstances {
  /** The resources' type, for instance `opentelekomcloud:index/dmsTopicV1:DmsTopicV1`. */
  type: string;
  /** The input with the instance's id, for instance `instanceId`. */
  property: string;
  /** The service the instance belongs to. Default: `kafka`. */
  service?: ServiceName;
}

/** Settings of `instance-quiet-before-change`. */
export interface InstanceQuietBeforeChangeSettings {
  /** Which resources require a quiet instance. Without any, the rule checks nothing. */
  resources: ResourcesOfInstances[];
  /** Names of tasks: the newest task of each name must not have failed. Default: none. */
  taskNames?: string[];
  /** If the service does not answer: a violation (default) or a warning. */
  onUnreachable?: OnUnreachable;
  /** How many seconds the requests for one resource may take, 1 to 300. Default: 20. */
  timeoutSeconds?: number;
  /** How many seconds an answer is reused for other resources of the same instance, 0 to 300. Default: 0. */
  reuseSeconds?: number;
}

const name = "instance-quiet-before-change";

const configSchema: PolicyConfigSchema = {
  properties: {
    resources: {
      type: "array",
      default: [],
      description: "Which resources require a quiet instance.",
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
      description: "Names of tasks: the newest task of each name must not have failed.",
    },
    onUnreachable: onUnreachableSchema("violate"),
    timeoutSeconds: {
      type: "number",
      minimum: 1,
      maximum: 300,
      default: 20,
      description: "How many seconds the requests for one resource may take.",
    },
    reuseSeconds: {
      type: "number",
      minimum: 0,
      maximum: 300,
      default: 0,
      description: "How many seconds an answer is reused for other resources of the same instance.",
    },
  },
};

const remediationSteps =
  "Run the update again later, or let the resource depend on a QuietInstance or a BackgroundTask that waits for the task.";
const remediationOfStuck = "This does not change by itself: check the instance in the console.";
const remediationOfFailure = "Repeat the operation: the newest task of that name counts.";

const instances = new RecentInstances();

/**
 * Holds when, just before a resource is created or changed, its instance has no task in progress, its own status is RUNNING, and
 * the newest task of each configured name did not fail. The rule asks the service before the engine creates the resource, and can so block
 * it. A preview creates nothing and does not ask.
 */
export const instanceQuietBeforeChange: ResourceValidationPolicy = {
  name,
  displayName: "An instance is quiet before it is changed",
  description:
    "A resource of an instance is created or changed only while the instance is RUNNING and has no background task in progress.",
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
          `${describeResource(args)} has no instance's id in its input ${JSON.stringify(property)}: correct the resources of this policy.`,
        );
        continue;
      }
      const now = await instances.instanceNow(instanceId, service, { ...settings, ...cloudOfType(type) });
      if ("whyNot" in now) {
        const message = `${describeResource(args)}: could not check whether instance ${instanceId} is quiet: ${now.whyNot}.`;
        reportUnreachable(name, settings, message, reportViolation);
        continue;
      }
      const { tasks, own, forbidden } = now.answer;
      warnOfForbidden(forbidden);
      const faults = [...faultsOfTasks(tasks, settings.taskNames), ...faultsOfStatus(own, instanceId, service)];
      for (const fault of faults) {
        reportViolation(`${describeResource(args)} was blocked: ${fault}`);
      }
    }
  },
};

/** The cloud of a resource of a provider made from a cloud's Terraform provider, which has the same name. */
function cloudOfType(type: string): { cloudProvider?: CloudProvider } {
  const [provider] = type.split(":");
  return isCloudProvider(provider) ? { cloudProvider: provider } : {};
}

const mostNamed = 10;

/** Why an instance with these tasks, newest first, must not be changed: whole sentences. */
function faultsOfTasks(tasks: BackgroundTaskResult[], taskNames: string[]): string[] {
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
          `${describeStart(task)}. ${remediationSteps}`,
      ),
    ...(more > 0 ? [`${more} more of its background tasks are in progress. ${remediationSteps}`] : []),
    ...failed.map((task) => `${faultOf(task!)}. ${remediationOfFailure}`),
  ];
}

/** Why an instance without tasks in progress must not be changed, by its own status. */
function faultsOfStatus(own: InstanceNow["own"], instanceId: string, service: ServiceName): string[] {
  const kind = own && kindOfInstanceStatus(own.status, service);
  if (own === undefined || kind === "ready") {
    return [];
  }
  const whatToDo = kind === "stuck" ? remediationOfStuck : remediationSteps;
  return [`${describeInstanceStatus(instanceId, own.status)}, not RUNNING, and would reject the change. ${whatToDo}`];
}

const warnedOf = new Set<string>();

function warnOfForbidden(forbidden: string | undefined): void {
  if (forbidden !== undefined && !warnedOf.has(forbidden)) {
    warnedOf.add(forbidden);
    warn(name, `${forbidden} The rule goes by the tasks alone.`);
  }
}

let isWarned = false;

function warnOfNoResources(): void {
  if (!isWarned) {
    isWarned = true;
    warn(name, "no resources are set, so nothing is checked.");
  }
}

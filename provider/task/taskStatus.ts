import {
  defaultService,
  type InstanceStatusKind,
  isServiceName,
  type ServiceName,
  services,
  type StatusKind,
} from "./services";

/**
 * Classifies a status as the service sent it. Missing and empty count as pending: a task that has just started may have
 * none yet. Any value that is not in the service's table is unknown, even if it is not a string; unknown never counts as
 * success.
 */
export function kindOfStatus(status: unknown, service: ServiceName = defaultService): StatusKind {
  if (status === undefined || status === null || status === "") {
    return "pending";
  }
  // A state may name an unknown service: all of its statuses are unknown.
  const isWord = typeof status === "string" && isServiceName(service);
  return (isWord ? services[service].statuses.get(status) : undefined) ?? "unknown";
}

/** Whether a task's status is unknown. */
export function hasUnknownStatus({ status, service }: { status?: string; service?: ServiceName }): boolean {
  return kindOfStatus(status, service) === "unknown";
}

/** Whether a task with this status has ended. */
export function isTerminal(status: unknown, service?: ServiceName): boolean {
  const kind = kindOfStatus(status, service);
  return kind === "success" || kind === "failure";
}

/** Classifies the status of an instance as the service sent it; anything that is not in the service's table is unknown. */
export function kindOfInstanceStatus(status: string | undefined, service: ServiceName): InstanceStatusKind {
  return services[service].instanceStatuses.get(status ?? "") ?? "unknown";
}

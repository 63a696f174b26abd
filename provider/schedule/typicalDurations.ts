// How long tasks take, by name, if it is documented: the schedule uses it on an instance that has no finished run of the
// name yet. A wrong entry costs little, and the first real run replaces it. The list has documented names only; for
// operations of several minutes, such as a restart, the duration is documented, but not the name.
const typicalDurationsMs = new Map<string, number>([
  // 2.994 s in the sample of OTC's "Querying a Background Task" page (DMS for Kafka, API reference).
  ["bindInstancePublicIp", 3000],
  // Its counterpart; no time of its own is documented.
  ["unbindInstancePublicIp", 3000],
  // 4.986 s in the sample of OTC's "Listing Background Tasks" page (DMS for Kafka, API reference).
  ["changeRetentionPolicy", 5000],
]);

/** The typical duration of tasks of this name, in milliseconds. */
export function typicalDurationOf(name: string | undefined): number | undefined {
  return typicalDurationsMs.get(name ?? "");
}

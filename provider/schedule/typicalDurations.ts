// How long tasks take, by name, where somebody has said so: what the schedule goes by on an instance that has no finished
// run of the name yet. A wrong entry costs little, and the first real run outweighs it. Only names that are documented
// are listed; operations of several minutes, such as a restart, are documented with their time, but not with their name.
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

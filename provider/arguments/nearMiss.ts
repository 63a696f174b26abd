/** The name that was probably meant by one that does not exist; undefined if none is near. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  // Of a short name, little may be different.
  const most = Math.min(2, Math.floor(given.length / 3));
  const distances = names
    .filter((name) => Math.abs(plain(name).length - plain(given).length) <= most)
    .map((name) => ({ name, distance: distanceBetween(plain(given), plain(name)) }));
  const [nearest] = distances.sort((one, other) => one.distance - other.distance);
  return nearest && nearest.distance <= most ? nearest.name : undefined;
}

/** Without what other tools write differently: `task_id`, `TaskID`. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}

/** How many letters must be added, removed, replaced or swapped with the next one (optimal string alignment). */
function distanceBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    const distances = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      distances.push(
        Math.min(
          rows[row - 1]![column]! + 1,
          distances[column - 1]! + 1,
          rows[row - 1]![column - 1]! + (isSame ? 0 : 1),
          isSwapped ? rows[row - 2]![column - 2]! + 1 : Infinity,
        ),
      );
    }
    rows.push(distances);
  }
  return rows[one.length]![other.length]!;
}

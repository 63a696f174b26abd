// What one room's mutants came to: the counts, and the survivors to look at.

/** Timeouts are noticed too: a mutant that loops or waits for ever. They are counted apart. */
export function reportOf(room, mutants, seconds, leastPercent) {
  const of = (...statuses) => mutants.filter(({ status }) => statuses.includes(status));
  const [killed, timeouts] = [of("Killed").length, of("Timeout")];
  const survivors = of("Survived", "NoCoverage");
  const errors = of("CompileError", "RuntimeError");
  const counted = killed + timeouts.length + survivors.length;
  const killedPercent = counted === 0 ? 100 : (100 * (killed + timeouts.length)) / counted;
  const lines = [
    ...survivors
      .sort(byPlace)
      .map((mutant) => `  ${mutant.status === "Survived" ? "survived" : "not run "}  ${describe(mutant)}`),
    ...timeouts.sort(byPlace).map((mutant) => `  timeout   ${describe(mutant)}: ${mutant.statusReason ?? "no reason"}`),
    ...errors.map((mutant) => `  error     ${describe(mutant)}: ${mutant.statusReason}`),
    `${room}: ${killedPercent.toFixed(1)} % of ${counted} mutants killed (at least ${leastPercent} %); ` +
      `${timeouts.length} of them by a timeout, ${survivors.length} survived, ${errors.length} errors; ${seconds.toFixed(0)} s`,
  ];
  return { text: lines.join("\n"), killedPercent };
}

function describe({ fileName, location: { start }, mutatorName, replacement }) {
  const place = `${fileName.slice(fileName.lastIndexOf("provider/"))}:${start.line}:${start.column}`;
  return `${place}  ${mutatorName}: ${replacement.replace(/\s+/g, " ").slice(0, 100)}`;
}

function byPlace(a, b) {
  return a.fileName.localeCompare(b.fileName) || a.location.start.line - b.location.start.line;
}

/** Sets variables of this process in place of all settings that it has; returns what undoes it. */
export function withEnvironment(env: { [name: string]: string }): () => void {
  const before = { ...process.env };
  const own = Object.entries(before).filter(([name]) => !/^OS_|_PROXY$|^PULUMI_OTC_/i.test(name));
  process.env = { ...Object.fromEntries(own), ...env };
  return () => void (process.env = before);
}

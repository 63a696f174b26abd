/** Sets variables of this process and removes all others that are settings, until the returned function is called. */
export function withEnvironment(variables: { [name: string]: string }): () => void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) {
    if (/^OS_|^PULUMI_|_PROXY$/i.test(name)) delete process.env[name];
  }
  Object.assign(process.env, variables);
  return () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  };
}

const ofClone = ["scripts", "workspaces", "devDependencies"];

/** What users' tools read of package.json: without what only a clone needs, and with the addresses. */
export function packedManifest(manifest, { address, version }) {
  const packed = Object.entries(manifest).filter(([field]) => !ofClone.includes(field));
  return { ...Object.fromEntries(packed), version, homepage: address.homepage, bugs: { url: address.bugs } };
}

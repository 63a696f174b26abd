import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * esbuild plugin: where npm has put the same version of a package into several folders, only the first one met goes into
 * the bundle. Express would otherwise bring the table of media types four times, a quarter of a megabyte each.
 */
export function oneCopyOfEachVersion() {
  const folderOfVersion = new Map();
  return {
    name: "one-copy-of-each-version",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^[^./]/ }, async ({ path: imported, kind, importer, resolveDir, pluginData }) => {
        // Our own question, come back.
        if (pluginData === folderOfVersion) return undefined;
        const found = await resolve(imported, { kind, importer, resolveDir, pluginData: folderOfVersion });
        const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(found.path)?.[0];
        if (found.external || found.errors.length > 0 || folder === undefined) return found;
        const { name, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
        const key = `${name}@${version}`;
        if (!folderOfVersion.has(key)) folderOfVersion.set(key, folder);
        return { ...found, path: path.join(folderOfVersion.get(key), path.relative(folder, found.path)) };
      });
    },
  };
}

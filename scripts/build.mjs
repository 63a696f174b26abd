// Makes bin/: what is published. One CommonJS build with declarations, in which two things are bundled:
// - provider/transientRetry.js, because p-retry is an ES module only, which a user's Jest on Node 20 cannot load;
// - the emulator, whose web framework must not become a dependency of every user.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { keepReachableDeclarations } from "./declarations.mjs";
import { repositoryRoot, writeBuildStamp } from "./stamps.mjs";
import { thirdPartyNotices } from "./thirdPartyNotices.mjs";

process.chdir(repositoryRoot);
const startedAt = performance.now();

// Built beside and moved in place at the end: a running test never meets half a build, and a source that was removed
// leaves no file behind.
const made = ".cache/build/new";
const replaced = ".cache/build/old";
remove(".cache/build");
mkdirSync(".cache/build", { recursive: true });
compile(made);
const bundled = [await bundleTransientRetry(`${made}/provider`), await bundleEmulator(`${made}/emulator`)];
writeFileSync(`${made}/THIRD-PARTY-NOTICES.txt`, thirdPartyNotices(bundled));
if (existsSync("bin")) renameSync("bin", replaced);
renameSync(made, "bin");
remove(replaced);
writeBuildStamp();
console.error(`Built bin/ in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);

function compile(outDir) {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const args = [tsc, "-p", "tsconfig.build.json", "--outDir", outDir];
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) {
    remove(outDir);
    console.error("The build failed, see above; bin/ is as it was.");
    process.exit(1);
  }
}

function bundleTransientRetry(outdir) {
  const inside = /^(p-retry|is-network-error)$/;
  const everythingElseStays = {
    name: "everything-else-stays",
    setup: ({ onResolve }) =>
      onResolve({ filter: /.*/ }, ({ path: imported, kind }) =>
        kind === "entry-point" || inside.test(imported) ? undefined : { path: imported, external: true },
      ),
  };
  return bundle({ entryPoints: ["provider/transientRetry.ts"], outdir, plugins: [everythingElseStays] });
}

async function bundleEmulator(outdir) {
  for (const name of readdirSync(outdir, { recursive: true })) {
    if (name.endsWith(".js")) remove(path.join(outdir, name));
  }
  keepReachableDeclarations(outdir, "index.d.ts");
  // zod is a dependency of the package anyway.
  return bundle({ entryPoints: ["emulator/index.ts", "emulator/main.ts"], outdir, external: ["zod"] });
}

async function bundle(options) {
  const fixed = { bundle: true, platform: "node", format: "cjs", target: "node20.19", metafile: true };
  const result = await build({ ...fixed, logLevel: "warning", ...options });
  return result.metafile;
}

function remove(fileOrFolder) {
  rmSync(fileOrFolder, { recursive: true, force: true });
}

// Makes bin/: what is published. One CommonJS build with declarations, in which three things are bundled:
// - provider/wait/retriedRequests.js, because p-retry is an ES module only, which a user's Jest on Node 20 cannot load;
// - the emulator, whose web framework must not become a dependency of every user;
// - those files of the command that read arguments and versions, for the same reason.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { keepReachableDeclarations, useOldTypeImports } from "./declarations.mjs";
import { removeEmptyModules } from "./emptyModules.mjs";
import { oneCopyOfEachVersion } from "./oneCopyOfEachVersion.mjs";
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
useOldTypeImports(made);
removeEmptyModules(made);
// For the texts of the providers, not for programs: its types would lead to those of zod, which old compilers cannot read.
writeFileSync(`${made}/provider/lifecycle.d.ts`, "export {};\n");
keepReachableDeclarations(
  `${made}/provider`,
  ["index.d.ts", "lifecycle.d.ts", "policy/index.d.ts"],
  ["@pulumi/pulumi", "@pulumi/policy"],
);
const bundled = await Promise.all([
  ...bundleRetriedRequests(`${made}/provider/wait`),
  ...bundleEmulator(`${made}/emulator`),
  ...bundleCommand(`${made}/cli`),
]);
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
    console.error("The build failed, see above; bin/ is unchanged.");
    process.exit(1);
  }
}

function bundleRetriedRequests(outdir) {
  const inside = /^(p-retry|is-network-error)$/;
  const plugins = [resolving(({ path: imported }) => (inside.test(imported) ? undefined : external(imported)))];
  return [bundle({ entryPoints: ["provider/wait/retriedRequests.ts"], outdir, plugins })];
}

function bundleEmulator(outdir) {
  for (const name of readdirSync(outdir, { recursive: true })) {
    if (name.endsWith(".js")) remove(path.join(outdir, name));
  }
  keepReachableDeclarations(outdir, ["index.d.ts"], ["zod"]);
  // zod is a dependency of the package anyway. The command takes the server from the other bundle.
  const shared = { outdir, external: ["zod"], minifyWhitespace: true };
  const fromIndex = resolving(({ path: imported }) =>
    imported === "./startEmulator" ? external("./index.js") : undefined,
  );
  return [
    bundle({ ...shared, entryPoints: ["emulator/index.ts"], plugins: [oneCopyOfEachVersion()] }),
    bundle({ ...shared, entryPoints: ["emulator/command.ts"], plugins: [fromIndex] }),
    bundle({
      ...shared,
      entryPoints: ["emulator/main.ts"],
      plugins: [resolving(({ path: imported }) => external(imported))],
    }),
  ];
}

function bundleCommand(outdir) {
  // It has no types for anybody.
  for (const name of readdirSync(outdir, { recursive: true })) {
    if (name.endsWith(".d.ts")) remove(path.join(outdir, name));
  }
  const plugins = [
    resolving(({ path: imported, importer }) =>
      isOf(/^(commander|semver)/, imported, importer) ? undefined : external(imported),
    ),
  ];
  return [
    bundle({ entryPoints: ["cli/commands/commandLine.ts"], outdir: `${outdir}/commands`, plugins }),
    bundle({ entryPoints: ["cli/doctor/versions.ts"], outdir: `${outdir}/doctor`, plugins }),
  ];
}

/** Whether it is one of these packages, or imported by one. */
function isOf(packages, imported, importer) {
  return packages.test(imported) || /node_modules/.test(importer);
}

async function bundle(options) {
  const fixed = { bundle: true, platform: "node", format: "cjs", target: "node20.19", metafile: true };
  const result = await build({ ...fixed, logLevel: "warning", ...options });
  return result.metafile;
}

function resolving(resolve) {
  return {
    name: "resolving",
    setup: ({ onResolve }) =>
      onResolve({ filter: /.*/ }, (args) => (args.kind === "entry-point" ? undefined : resolve(args))),
  };
}

function external(imported) {
  return { path: imported, external: true };
}

function remove(fileOrFolder) {
  rmSync(fileOrFolder, { recursive: true, force: true });
}

// Unit tests as functions that can be run again and again in one process: each call loads the package afresh, as Jest
// does for each test file, while its dependencies stay loaded.
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { build } from "esbuild";

// ES modules only, which `require` of Node 20 loads with a warning at best.
const bundledPackages = /^(p-retry|is-network-error)$/;

/** For each test file, a function that defines its tests. */
export async function bundleTests(files) {
  const { outputFiles } = await build({
    // esbuild's own is the folder in which this process started.
    absWorkingDir: process.cwd(),
    entryPoints: files,
    outdir: "bundled",
    outbase: ".",
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20.19",
    // A class's name is part of what users see.
    keepNames: true,
    logLevel: "error",
    plugins: [onlyOwnModules],
  });
  const outputs = new Map(outputFiles.map((output) => [path.resolve(output.path), output.text]));
  return files.map((file) => {
    const output = path.resolve("bundled", file.replace(/\.ts$/, ".js"));
    return { file, define: defining(path.resolve(file), outputs.get(output)) };
  });
}

const onlyOwnModules = {
  name: "only own modules",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path: imported, kind }) =>
      kind === "entry-point" || bundledPackages.test(imported) ? undefined : { path: imported, external: true },
    ),
};

function defining(file, text) {
  let run;
  return () => {
    run ??= new vm.Script(`(function (require, module, exports, __filename, __dirname) {${text}\n})`, {
      filename: file,
    }).runInThisContext();
    const module = { exports: {} };
    run(createRequire(file), module, module.exports, file, path.dirname(file));
  };
}

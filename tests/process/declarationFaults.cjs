// Prints, as JSON, what a compiler finds wrong with index.ts and with the declarations of the package that it imports.
// Arguments: the compiler's library, its options, the folder of the declarations. A compiler's command would stop at the
// first syntax that it cannot read, in whoever's declarations.
const path = require("node:path");

const [library, json, ownFolder] = process.argv.slice(2);
const ts = require(library);
const { options } = ts.convertCompilerOptionsFromJson(JSON.parse(json), process.cwd());
const program = ts.createProgram([path.resolve("index.ts")], options);
const own = program
  .getSourceFiles()
  .filter(
    ({ fileName }) => fileName.startsWith(`${ownFolder}/`) || path.resolve(fileName) === path.resolve("index.ts"),
  );
const faults = own.flatMap((file) =>
  [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ messageText }) => `${path.basename(file.fileName)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  ),
);
console.log(JSON.stringify({ version: ts.version, read: own.length, faults }));

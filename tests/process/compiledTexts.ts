import path from "node:path";
import type * as newest from "typescript";

export type Compiler = typeof newest;

/**
 * What a compiler finds wrong with texts that are in no file, all of them in one program: by the name that each would have,
 * the faults with their line (from 1), code and message.
 */
export function faultsOfTexts(
  ts: Compiler,
  texts: ReadonlyMap<string, string>,
  options: newest.CompilerOptions,
): Map<string, { line: number; code: number; message: string }[]> {
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile, directoryExists } = host;
  const folders = new Set([...texts.keys()].map((file) => path.dirname(file)));
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.directoryExists = (folder) => folders.has(folder) || directoryExists!(folder);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version, true);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return new Map(
    [...texts.keys()].map((name) => {
      const file = program.getSourceFile(name)!;
      const faults = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      return [
        name,
        faults.map(({ start, code, messageText }) => ({
          line: file.getLineAndCharacterOfPosition(start ?? 0).line + 1,
          code,
          message: ts.flattenDiagnosticMessageText(messageText, "\n"),
        })),
      ];
    }),
  );
}

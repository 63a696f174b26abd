import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../../engine/repositoryRoot";
import type { CodeBlock } from "../../scripts/site/markdownPage";

/** A block of a page as a module that compiles on its own. Its lines are the block's. */
export interface CodeModule {
  file: string;
  block: CodeBlock;
  text: string;
}

/**
 * The modules of a page's blocks, in their order. What a page has imported or declared once, its later blocks use without
 * saying so again; and what a block uses of this package may be imported by a block that the page does not repeat.
 */
export function codeModules(page: string, blocks: CodeBlock[]): CodeModule[] {
  const known = publishedNames();
  return blocks.map((block, i) => {
    const extension = block.language === "js" ? "js" : "ts";
    const folder = path.join(repositoryRoot, path.dirname(page), path.basename(page, ".md"));
    const file = path.join(folder, namedFile(block) ?? `block${i}.${extension}`);
    const { own, exported, imported } = namesOf(block.text);
    const used = [...known].filter(([name]) => !own.has(name) && new RegExp(`(?<![.\\w])${name}\\b`).test(block.text));
    const imports = used.map(([name, from]) => `import { ${name} } from "${from}"; `).join("");
    for (const name of own) if (!imported.has(name)) known.set(name, `./${path.basename(file, `.${extension}`)}`);
    for (const [name, from] of imported) known.set(name, from);
    const others = [...own].filter((name) => !exported.has(name) && !imported.has(name));
    return { file, block, text: `${imports}${block.text}\nexport { ${others.join(", ")} };\n` };
  });
}

/** The name that a block's first line gives it, which other blocks of the page may import: `// program.ts`. */
export function namedFile({ text }: CodeBlock): string | undefined {
  return /^(?:\/\/|#) ([\w.]+\.\w+)\n/.exec(text)?.[1];
}

/** The names that a text declares or imports, which of them it exports, and from where it imports those that keep their name. */
function namesOf(text: string) {
  const own = new Set<string>();
  const exported = new Set<string>();
  const imported = new Map<string, string>();
  const source = ts.createSourceFile("block.ts", text, ts.ScriptTarget.ES2022);
  const declare = (name: ts.Node | undefined, node: ts.Node): void => {
    if (name === undefined) return;
    if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) {
      for (const element of name.elements) if (ts.isBindingElement(element)) declare(element.name, node);
    } else if (ts.isIdentifier(name)) {
      own.add(name.text);
      const isExported =
        ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      if (isExported) exported.add(name.text);
    }
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) declare(name, statement);
    } else if (ts.isImportDeclaration(statement)) {
      const from = (statement.moduleSpecifier as ts.StringLiteral).text;
      const { name, namedBindings } = statement.importClause ?? {};
      declare(name, statement);
      if (namedBindings && ts.isNamespaceImport(namedBindings)) declare(namedBindings.name, statement);
      else
        for (const element of namedBindings?.elements ?? []) {
          declare(element.name, statement);
          imported.set(element.name.text, from);
        }
    } else if ("name" in statement) {
      declare(statement.name as ts.Node, statement);
    }
  }
  return { own, exported, imported };
}

/** What a program may import from the package, types included, and from where. */
function publishedNames(): Map<string, string> {
  const entries = { "": "provider", "/policy": "provider/policy", "/emulator": "emulator" };
  return new Map(
    Object.entries(entries).flatMap(([entry, folder]) => {
      const file = path.join(repositoryRoot, "bin", folder, "index.d.ts");
      const { statements } = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
      const clauses = statements.flatMap((statement) =>
        ts.isExportDeclaration(statement) && statement.exportClause ? [statement.exportClause] : [],
      );
      const names = clauses.flatMap((clause) => (ts.isNamedExports(clause) ? [...clause.elements] : []));
      return names.map(({ name }): [string, string] => [name.text, `pulumi-otc-background-task${entry}`]);
    }),
  );
}

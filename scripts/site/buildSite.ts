import path from "node:path";
import type MarkdownIt from "markdown-it";
import {
  Application,
  type CommentDisplayPart,
  Converter,
  type DocumentReflection,
  KindRouter,
  type NormalizedPath,
  type ProjectReflection,
  type Reflection,
  type TypeDocOptions,
} from "typedoc";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { anchorOfExampleFile, exampleProgram } from "./exampleProgram";
import { addressOf, frontPage, pages, sections } from "./pages";
import { addressOfFiles, entryPoints, manifest } from "./repository";
import { linkToRepository, showRepositoryLinks } from "./repositoryLinks";

const apiReference = "API reference";
const isPicture = /\.(svg|png|gif|webp)$/;

const inRepository = (...names: string[]) => path.join(repositoryRoot, ...names).replaceAll("\\", "/");

/** Builds the site in a folder; resolves with whether TypeDoc had nothing to warn of. */
export async function buildSite(out: string): Promise<boolean> {
  const app = await Application.bootstrap(optionsOf(out));
  app.renderer.defineRouter("pages", PageRouter);
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document: DocumentReflection) => {
    const file = fileOf(document);
    const section = sections.find((each) => each.pages.some((page) => page.file === file));
    document.name = pages.find((page) => page.file === file)?.title ?? document.name;
    document.frontmatter["category"] = section?.title;
    const program = exampleProgram(file);
    if (program !== undefined) document.content.push({ kind: "text", text: program });
    // A link to a folder is one to its README.
    if (path.basename(file) === "README.md") {
      document.project.files.registerReflectionPath(inRepository(path.dirname(file)) as NormalizedPath, document);
    }
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const content of [project.readme ?? [], ...(project.documents ?? []).map((document) => document.content)]) {
      content.splice(0, content.length, ...content.map((part) => withRepositoryLink(project, part)));
    }
  });
  const project = await app.convert();
  if (project === undefined) return false;
  app.validate(project);
  await app.generateDocs(project, out);
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}

function optionsOf(out: string): TypeDocOptions {
  const files = addressOfFiles(manifest);
  return {
    name: manifest.name,
    entryPoints: entryPoints(manifest).map((file) => inRepository(file)),
    tsconfig: inRepository("tsconfig.build.json"),
    readme: inRepository(frontPage),
    projectDocuments: pages.map(({ file }) => inRepository(file)),
    out,
    router: "pages",
    // The types are checked by `npm run check`.
    skipErrorChecking: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeProtected: true,
    excludeExternals: true,
    ...(files === undefined
      ? { disableSources: true }
      : { disableGit: true, gitRevision: "main", sourceLinkTemplate: `${files}/{path}#L{line}` }),
    sort: ["kind", "alphabetical-ignoring-documents"],
    categorizeByGroup: false,
    defaultCategory: apiReference,
    categoryOrder: [...sections.map(({ title }) => title), apiReference],
    navigation: { includeCategories: true, includeGroups: false },
    searchInComments: true,
    searchInDocuments: true,
    highlightLanguages: ["typescript", "javascript", "json", "yaml", "shellscript", "console"],
    headings: { readme: false, document: false },
    hideGenerator: true,
    favicon: inRepository("scripts/site/favicon.svg"),
    customCss: inRepository("scripts/site/site.css"),
    markdownItOptions: { html: true, linkify: false },
    markdownItLoader: (parser: MarkdownIt) => showRepositoryLinks(parser, files),
    // Each type that is made with it says whose arguments it has, as Inputs.
    intentionallyNotExported: ["OutputArgsOf"],
    requiredToBeDocumented: ["Variable", "Function", "Class", "Interface", "TypeAlias", "Method"],
    // Links of Markdown files are checked by brokenLinks.ts, what becomes of them by brokenSiteLinks.ts.
    validation: { notExported: true, invalidLink: true, rewrittenLink: true, invalidPath: false, notDocumented: true },
  };
}

/** Puts a page where its file is, so that no title decides an address. */
class PageRouter extends KindRouter {
  protected override getIdealBaseName(reflection: Reflection): string {
    return reflection.isDocument() ? addressOf(fileOf(reflection)) : super.getIdealBaseName(reflection);
  }
}

/** The Markdown file of a page, by its path in the repository. */
function fileOf(document: DocumentReflection): string {
  return path.posix.relative(inRepository(), document.project.files.getReflectionPath(document) ?? "");
}

/** A link to a file that is on the site neither as a page nor as a picture becomes one to the repository. */
function withRepositoryLink(project: ProjectReflection, part: CommentDisplayPart): CommentDisplayPart {
  if (part.kind !== "relative-link" || part.target === undefined) return part;
  const target = project.files.resolve(part.target, project);
  if (typeof target !== "string" || isPicture.test(target)) return part;
  const file = path.posix.relative(inRepository(), target);
  return { kind: "text", text: anchorOfExampleFile(file) ?? linkToRepository(file) };
}

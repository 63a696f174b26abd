/** A page of the site: a Markdown file of the repository, and its title in the navigation. */
export interface Page {
  /** Where it is in the repository. */
  file: string;
  title: string;
}

/** Pages that belong together, under one heading of the navigation. */
export interface Section {
  title: string;
  pages: Page[];
}

/** The site's front page. */
export const frontPage = "README.md";

/** All other pages, in their order on the site. A page of docs/ that is not here fails the build. */
export const sections: Section[] = [
  section("Guides", {
    "docs/getting-started.md": "Getting started",
    "docs/choosing.md": "Choosing a form",
    "docs/operations.md": "Operations and their tasks",
    "docs/hooks.md": "Hooks",
    "docs/testing.md": "Testing your program",
    "docs/migrating.md": "Moving from sleeps",
    "docs/troubleshooting.md": "Troubleshooting",
  }),
  section("Reference", {
    "docs/reference.md": "Arguments and outputs",
    "docs/resource-options.md": "Resource options",
    "docs/configuration.md": "Configuration",
    "docs/command-line.md": "Command line",
    "docs/policies.md": "Policies",
    "docs/compatibility.md": "Compatibility",
    "emulator/README.md": "Emulator",
  }),
  section("Background", {
    "docs/polling.md": "How it polls",
    "docs/benchmark.md": "Benchmark",
    "docs/reliability.md": "Reliability",
    "docs/matrix.md": "The matrix",
  }),
  section("Examples", {
    "examples/bind-public-ip/README.md": "Bind a public IP",
    "examples/reassign-partitions/README.md": "Reassign partitions",
    "examples/settle/README.md": "Settle an instance",
    "examples/busy-instance/README.md": "Busy instance",
    "examples/look-up/README.md": "Look up tasks",
    "examples/console-bind/README.md": "Bind in the console",
    "examples/failed-task/README.md": "Failed task",
    "examples/policy-pack/README.md": "Policy pack",
    "examples/plain-script/README.md": "Plain script",
  }),
  section("Project", {
    "CHANGELOG.md": "Changelog",
    "SECURITY.md": "Security",
    "CONTRIBUTING.md": "Contributing",
    "docs/internals.md": "Internals",
  }),
];

export const pages = sections.flatMap((each) => each.pages);

/** The page's address on the site, without its extension: `docs/polling.md` is `polling`. */
export function addressOf(file: string): string {
  return file
    .replace(/^docs\//, "")
    .replace(/\/README\.md$|\.md$/, "")
    .toLowerCase();
}

/** What is wrong with the list, given the Markdown files of the repository: one sentence for each fault. */
export function faultsOfList(files: string[], listed = pages.map(({ file }) => file)): string[] {
  const isExpected = (file: string) => /^(docs|examples\/[^/]+)\/[^/]+\.md$/.test(file);
  const missing = files.filter((file) => isExpected(file) && !listed.includes(file));
  const gone = listed.filter((file) => !files.includes(file));
  const twice = listed.filter((file, i) => listed.indexOf(file) !== i);
  return [
    ...missing.map((file) => `${file} is not in the list of pages: add it, with a title, to scripts/site/pages.ts.`),
    ...gone.map((file) => `${file} is in the list of pages (scripts/site/pages.ts), but there is no such file.`),
    ...twice.map((file) => `${file} is in the list of pages (scripts/site/pages.ts) twice.`),
  ];
}

function section(title: string, titles: Record<string, string>): Section {
  return { title, pages: Object.entries(titles).map(([file, pageTitle]) => ({ file, title: pageTitle })) };
}

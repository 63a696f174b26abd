import { rm } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import { copyDynamicProvider } from "../pinned/engineFiles";
import type { InstallRoute } from "./engineRoute";

// The installer has no limit of its own for the download; after this time we build instead.
const patienceMs = 10 * 60_000;

/** The Automation API's installer, which downloads Pulumi's own release. */
export const officialRoute: InstallRoute = {
  name: "downloaded by the Automation API's installer",
  async install(folder, { pinned, progress }) {
    const version = semver.parse(pinned.cliVersion);
    if (version === null) throw new Error(`${pinned.cliVersion} is not a version.`);
    // Imported late, because it takes a second to load and an engine is usually there already.
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    try {
      await progress.during(
        () =>
          withOwnHome(path.join(folder, "home"), () => withPatience(PulumiCommand.install({ root: folder, version }))),
        `Downloading Pulumi ${pinned.cliVersion}`,
      );
      await copyDynamicProvider(path.join(folder, "bin"));
      return { found: { version: pinned.cliVersion } };
    } catch (error) {
      await rm(path.join(folder, "bin"), { recursive: true, force: true });
      return { whyNot: `the official download failed (${firstLine(error)})` };
    }
  },
};

/** The installer runs what it installed to get its version, which leaves a log in the home that the environment names. */
async function withOwnHome<T>(home: string, work: () => Promise<T>): Promise<T> {
  const usual = process.env["PULUMI_HOME"];
  process.env["PULUMI_HOME"] = home;
  try {
    return await work();
  } finally {
    if (usual === undefined) delete process.env["PULUMI_HOME"];
    else process.env["PULUMI_HOME"] = usual;
    await rm(home, { recursive: true, force: true });
  }
}

async function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${patienceMs / 60_000} minutes`)), patienceMs);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text
    .split("\n")
    .map((part) => part.replace(/^\s*(code|stdout|stderr|err\?):/, "").trim())
    .find((part) => /[a-z]/i.test(part));
  return (line ?? "no reason given").slice(0, 120);
}

import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import lockfile from "proper-lockfile";

const marker = "complete.json";

/**
 * A folder that is made once and then kept. It gets its name by a rename, after the marker was written into it: what an
 * interrupted run leaves behind has another name and no marker, and is cleared by the next one.
 */
export interface KeptFolder<Note> {
  path: string;
  /** Whether all that was made is still there: someone may have tidied up. */
  isWhole(folder: string): Promise<boolean>;
  /** Makes the content in another folder; what it returns is kept with it. */
  make(workFolder: string): Promise<Note>;
  /** Called when another run is making the same folder. */
  onWait(): void;
}

/** What the run that made the folder recorded; undefined if no run has finished. */
export async function readNote<Note>(kept: KeptFolder<Note>): Promise<Note | undefined> {
  if (!(await kept.isWhole(kept.path))) return undefined;
  try {
    return JSON.parse(await readFile(path.join(kept.path, marker), "utf8")) as Note;
  } catch {
    return undefined;
  }
}

/** Makes the folder unless it is there. If two runs do this at once, the second waits and uses what the first made. */
export async function keep<Note>(kept: KeptFolder<Note>): Promise<Note> {
  await mkdir(path.dirname(kept.path), { recursive: true });
  const release = await lock(kept);
  try {
    const note = await readNote(kept);
    if (note !== undefined) return note;
    await clearLeftovers(kept.path);
    return await makeAndMove(kept);
  } finally {
    await release();
  }
}

async function makeAndMove<Note>(kept: KeptFolder<Note>): Promise<Note> {
  const workFolder = `${kept.path}.partial-${process.pid}-${randomBytes(4).toString("hex")}`;
  await mkdir(workFolder);
  try {
    const note = await kept.make(workFolder);
    await writeFile(path.join(workFolder, marker), `${JSON.stringify(note, null, 2)}\n`);
    await rename(workFolder, kept.path).catch(async (error: unknown) => {
      // The lock may have been lost (a laptop that slept). Then another run was first, and its result is just as good.
      if ((await readNote(kept)) === undefined) throw error;
    });
    return note;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** While the lock is held, no other process uses these. */
async function clearLeftovers(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const parent = path.dirname(folder);
  const partial = `${path.basename(folder)}.partial-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(partial)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

/** A lock that its owner renews: it is free again 30 seconds after the owner was killed. */
async function lock<Note>(kept: KeptFolder<Note>): Promise<() => Promise<void>> {
  const options = {
    realpath: false,
    stale: 30_000,
    // By default the library throws where nothing can catch it. The rename makes a lost lock harmless.
    onCompromised: () => undefined,
  };
  const free = (release: () => Promise<void>) => () => release().catch(() => undefined);
  try {
    return free(await lockfile.lock(kept.path, options));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
  }
  kept.onWait();
  const retries = { retries: 3600, factor: 1, minTimeout: 500, maxTimeout: 500 };
  return free(await lockfile.lock(kept.path, { ...options, retries }));
}

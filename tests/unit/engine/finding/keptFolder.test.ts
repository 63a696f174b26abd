import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { keep, readNote, type KeptFolder } from "../../../../engine/finding/keptFolder";

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "kept-folder-"));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

function keptFolder(changes: Partial<KeptFolder<string>> = {}): KeptFolder<string> {
  return {
    path: path.join(parent, "engine"),
    isWhole: (folder) => Promise.resolve(existsSync(path.join(folder, "file"))),
    make: async (workFolder) => {
      await writeFile(path.join(workFolder, "file"), "made");
      return "a note";
    },
    onWait: () => undefined,
    ...changes,
  };
}

describe("a folder that is made once and kept", () => {
  test("is made under its name, with what was noted, and nothing beside it", async () => {
    const kept = keptFolder();
    expect(await keep(kept)).toBe("a note");
    expect(await readNote(kept)).toBe("a note");
    expect(await readFile(path.join(kept.path, "file"), "utf8")).toBe("made");
    expect(await readdir(parent)).toEqual(["engine"]);
  });

  test("is not made a second time", async () => {
    await keep(keptFolder());
    const make = jest.fn(() => Promise.resolve("another note"));
    expect(await keep(keptFolder({ make }))).toBe("a note");
    expect(make).not.toHaveBeenCalled();
  });

  test("is not there after its making failed, and leaves nothing", async () => {
    const make = async (workFolder: string): Promise<string> => {
      await writeFile(path.join(workFolder, "file"), "half");
      throw new Error("no network");
    };
    await expect(keep(keptFolder({ make }))).rejects.toThrow("no network");
    expect(await readNote(keptFolder())).toBeUndefined();
    expect(await readdir(parent)).toEqual([]);
  });

  test("is made anew when an interrupted run left its work folder behind, which is cleared", async () => {
    const leftover = path.join(parent, "engine.partial-1-abcd");
    await mkdir(leftover);
    await writeFile(path.join(leftover, "file"), "half");
    expect(await keep(keptFolder())).toBe("a note");
    expect(await readdir(parent)).toEqual(["engine"]);
  });

  test("is made anew when it has no marker: someone copied or unpacked it there", async () => {
    const kept = keptFolder();
    await mkdir(kept.path);
    await writeFile(path.join(kept.path, "file"), "half");
    expect(await readNote(kept)).toBeUndefined();
    await keep(kept);
    expect(await readFile(path.join(kept.path, "file"), "utf8")).toBe("made");
  });

  test("is made anew when a part of it is gone", async () => {
    const kept = keptFolder();
    await keep(kept);
    await rm(path.join(kept.path, "file"));
    expect(await readNote(kept)).toBeUndefined();
    await keep(kept);
    expect(await readNote(kept)).toBe("a note");
  });

  test("is made by one of two runs at once; the other is told to wait and takes the result", async () => {
    let bothAreThere = (): void => undefined;
    const secondWaits = new Promise<void>((resolve) => (bothAreThere = resolve));
    const first = keptFolder({
      make: async (workFolder) => {
        await secondWaits;
        await writeFile(path.join(workFolder, "file"), "made by the first");
        return "the first's note";
      },
    });
    const second = keptFolder({ make: jest.fn(), onWait: bothAreThere });
    const making = keep(first);
    await until(() => existsSync(`${first.path}.lock`));
    expect(await Promise.all([making, keep(second)])).toEqual(["the first's note", "the first's note"]);
    expect(second.make).not.toHaveBeenCalled();
  });

  test("is taken from the run that was quicker when the lock was lost", async () => {
    const kept = keptFolder();
    const slow = keptFolder({
      make: async (workFolder) => {
        await writeFile(path.join(workFolder, "file"), "late");
        // What a run does that took the lock over while this one slept.
        await mkdir(kept.path);
        await writeFile(path.join(kept.path, "file"), "early");
        await writeFile(path.join(kept.path, "complete.json"), JSON.stringify("early"));
        return "late";
      },
    });
    await keep(slow);
    expect(await readFile(path.join(kept.path, "file"), "utf8")).toBe("early");
    expect(await readdir(parent)).toEqual(["engine"]);
  });
});

/** Lets other work go on until the condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

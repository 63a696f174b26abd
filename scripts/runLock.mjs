import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Runs `work` while no other process holds the lock file. A lock whose owner was killed is taken over. */
export async function withLock(file, work, onWait) {
  mkdirSync(path.dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  const release = () => rmSync(file, { force: true });
  try {
    for (let waits = 0; !acquire(own, file); waits += 1) {
      if (waits === 0) onWait();
      await sleep(200);
    }
  } finally {
    rmSync(own, { force: true });
  }
  process.on("exit", release);
  try {
    return await work();
  } finally {
    release();
    process.off("exit", release);
  }
}

/** A hard link appears at once and with its content, so that no process finds a lock without an owner. */
function acquire(own, file) {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const owner = readOwner(file);
  if (owner !== undefined && !isAlive(owner)) takeAway(file, own, owner);
  return false;
}

function takeAway(file, own, owner) {
  const aside = `${own}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return; // Another waiter was quicker.
  }
  // If another process has replaced the dead lock with its own meanwhile, it gets that back.
  if (readOwner(aside) !== owner) {
    try {
      linkSync(aside, file);
    } catch {
      // And a third one has it already.
    }
  }
  unlinkSync(aside);
}

function readOwner(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

/** Removes what the compiler leaves of modules that hold only types: nothing requires them. */
export function removeEmptyModules(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if (!name.endsWith(".js")) continue;
    const code = readFileSync(file, "utf8").replace(
      /^"use strict";|^Object\.defineProperty\(exports, "__esModule".*$/gm,
      "",
    );
    if (code.trim() === "") rmSync(file);
  }
}

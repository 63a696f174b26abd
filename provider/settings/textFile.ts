import * as fs from "node:fs";
import { SettingsError } from "../task/errors";

/** @throws SettingsError if the file cannot be read, or is not UTF-8. */
export function readTextFile(file: string): string {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    throw new SettingsError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`);
  }
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    throw new SettingsError(`${file} is not UTF-8: line ${lineThatFails(bytes)}. Save the file as UTF-8.`);
  }
}

function lineThatFails(bytes: Buffer): number {
  // In UTF-8, only a line break contains the byte of a line break.
  const lines = bytes.toString("latin1").split("\n");
  return 1 + lines.findIndex((line) => Buffer.from(line, "latin1").toString("utf8").includes("\ufffd"));
}

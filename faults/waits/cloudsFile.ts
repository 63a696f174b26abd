import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** An entry of clouds.yaml. */
export interface Cloud {
  [setting: string]: unknown;
}

/**
 * A clouds.yaml in which each trial has an entry of its own, so that trials beside each other in one process share
 * neither credentials nor an endpoint.
 */
export class CloudsFile {
  readonly file: string;
  private readonly clouds = new Map<string, Cloud>();

  constructor(folder: string) {
    this.file = path.join(folder, "clouds.yaml");
    this.write();
  }

  set(name: string, cloud: Cloud): void {
    this.clouds.set(name, cloud);
    this.write();
  }

  remove(name: string): void {
    this.clouds.delete(name);
    this.write();
  }

  private write(): void {
    // JSON is YAML. Never half a file: another process may be reading it.
    writeFileSync(`${this.file}.new`, JSON.stringify({ clouds: Object.fromEntries(this.clouds) }));
    renameSync(`${this.file}.new`, this.file);
  }
}

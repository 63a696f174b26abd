import { SettingsError } from "../task/errors";
import type { Sources } from "./settingSources";

/** Something without which there is nothing to send. `message` is a sentence, `remedy` the shortest way to give it. */
export class MissingSetting extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Collects what is missing, so that a user is told of all of it at once. */
export class MissingSettings {
  private readonly missing: MissingSetting[] = [];

  /** What `read` returns; undefined where it throws a MissingSetting. */
  collect<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof MissingSetting)) {
        throw error;
      }
      this.missing.push(error);
      return undefined;
    }
  }

  /** @throws SettingsError with what is missing, what each source held, and the shortest way to give it. */
  throwIfAny(sources: Sources): void {
    if (this.missing.length > 0) {
      const sentences = this.missing.map(({ message }) => message).join(" ");
      const remedies = this.missing.map(({ remedy }) => remedy).join(", then ");
      throw new SettingsError(`${sentences} Looked at: ${sources.describe()}. The shortest way: ${remedies}.`);
    }
  }
}

import { SettingsError } from "../task/errors";
import type { Sources } from "./settingSources";

/** A setting without which nothing can be sent. `message` is a sentence, `remedy` the shortest command that sets it. */
export class MissingSetting extends Error {
  constructor(
    message: string,
    readonly remedy: { inPulumi: string; inScript: string },
  ) {
    super(message);
  }
}

/** Collects what is missing, to report all of it in one error. */
export class MissingSettings {
  private readonly missing: MissingSetting[] = [];

  /** What `read` returns; undefined if it throws a MissingSetting. */
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

  /** @throws SettingsError with what is missing, the shortest commands that set it, and what each source contains. */
  throwIfAny(sources: Sources): void {
    if (this.missing.length > 0) {
      const sentences = this.missing.map(({ message }) => message).join(" ");
      const remedies = this.missing
        .map(({ remedy }) => (sources.isScript ? remedy.inScript : remedy.inPulumi))
        .join(" && ");
      throw new SettingsError(`${sentences}\nRun: ${remedies}\nSearched: ${sources.describe()}.`);
    }
  }
}

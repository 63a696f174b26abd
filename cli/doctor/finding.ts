import { AuthenticationError, BackgroundTaskError } from "../../provider/task/errors";
import { UsageError } from "../terminal/exitCodes";

/** What one check of `doctor` found. */
export interface Finding {
  /** What was checked, in a word or two. */
  topic: string;
  state: "ok" | "warning" | "fault" | "not checked";
  /** What was found. */
  text: string;
  /** What to do about it. */
  advice?: string;
}

export const ok = (topic: string, text: string): Finding => ({ topic, state: "ok", text });

export const notChecked = (topic: string, text: string): Finding => ({ topic, state: "not checked", text });

export const warning = (topic: string, text: string, advice?: string): Finding => ({
  topic,
  state: "warning",
  text,
  advice,
});

/**
 * A check that failed with an error of the package, whose message says what to do. A login that fails is one fault wherever it shows.
 *
 * @throws the error, if it is no such error: a defect is no finding about the user's settings.
 */
export function faultOf(topic: string, error: unknown): Finding {
  if (!(error instanceof BackgroundTaskError || error instanceof UsageError)) {
    throw error;
  }
  const isLogin =
    error instanceof AuthenticationError || /^(waiting for [^:]*: )?POST \S+\/auth\/tokens /.test(error.message);
  return { topic: isLogin ? "login" : topic, state: "fault", text: error.message };
}

import type { PinnedEngine } from "../pinned/pinnedEngine";
import type { Progress } from "./progress";

export interface RouteContext {
  pinned: PinnedEngine;
  progress: Progress;
}

/** The result of a route: an engine, or why there is none, as the end of a sentence. */
export type RouteResult<T> = { found: T } | { whyNot: string };

/** An engine that was there before. */
export interface ExistingEngine {
  bin: string;
  version: string;
}

/** A way to an engine in a folder of our own. It may leave anything there when it fails. */
export interface InstallRoute {
  /** What follows "Pulumi 3.1.0, ". */
  name: string;
  install(folder: string, context: RouteContext): Promise<RouteResult<{ version: string }>>;
}

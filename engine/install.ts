import { findOrInstallEngine, NoEngineError } from "./finding/findOrInstallEngine";

// Progress goes to stderr, so that stdout is the one line that says which engine it is.
findOrInstallEngine().then(
  (engine) => console.log(engine.route),
  (error: unknown) => {
    console.error(error instanceof NoEngineError ? error.message : error);
    process.exitCode = 1;
  },
);

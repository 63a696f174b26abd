import { findOrInstallEngine, NoEngineError } from "./finding/findOrInstallEngine";

// Progress goes to stderr; stdout contains only the line that names the engine.
findOrInstallEngine().then(
  (engine) => console.log(engine.route),
  (error: unknown) => {
    console.error(error instanceof NoEngineError ? error.message : error);
    process.exitCode = 1;
  },
);

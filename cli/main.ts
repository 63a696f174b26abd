#!/usr/bin/env node
import { runCommand } from "./commands/commandLine";

// Whoever reads the result may have read enough of it, as head does. The command goes on: its exit code is an answer, too.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void runCommand(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

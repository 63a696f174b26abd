#!/usr/bin/env node
import { runCommand } from "./commands/commandLine";

void runCommand(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

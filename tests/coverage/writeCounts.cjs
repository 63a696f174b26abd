// Loaded first by each process of the tests, and after each test file: writes how often each branch was taken. Provider
// processes are killed, so they write while they run.
const { renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const everyMs = 50;
const file = path.join(process.env.COUNTS_FOLDER, `${process.pid}-${process.hrtime.bigint()}.json`);
let written;

function writeCounts() {
  if (!globalThis.__coverage__) return;
  const counts = JSON.stringify(globalThis.__coverage__);
  if (counts === written) return;
  // A process that is killed while it writes leaves the counts before.
  writeFileSync(`${file}.new`, (written = counts));
  renameSync(`${file}.new`, file);
}

if (globalThis.afterAll) {
  globalThis.afterAll(writeCounts);
} else {
  setInterval(writeCounts, everyMs).unref();
  process.on("exit", writeCounts);
}

// Loaded into every process of Node: the one that runs the dynamic providers notes what it has used so far.
if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  const { writeFileSync } = require("node:fs");
  const note = () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { megabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
    writeFileSync(__dirname + "/usage.json", JSON.stringify(usage));
  };
  note();
  setInterval(note, 250).unref();
}

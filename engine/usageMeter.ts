export interface Usage {
  megabytes: number;
  cpuSeconds: number;
}

/** A program that a run loads into every process of Node, by NODE_OPTIONS: one whose script has the name in METERED notes what it has used so far. */
export const usageMeter = `
if ((process.argv[1] ?? "").includes(process.env.METERED)) {
  const { writeFileSync } = require("node:fs");
  const note = () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { megabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
    writeFileSync(__dirname + "/usage.json", JSON.stringify(usage));
  };
  note();
  setInterval(note, 250).unref();
  process.on("exit", note);
}
`;

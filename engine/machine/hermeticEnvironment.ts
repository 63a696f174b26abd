import path from "node:path";

type Environment = Record<string, string | undefined>;

// A test must neither see nor change what the user has set for Pulumi or the cloud. Proxy settings are dropped too: all
// traffic of a run stays on the loopback interface. Jest's own variables are dropped because a program should see what
// it would see in a user's shell.
const dropped = [
  /^PULUMI_/i,
  /^OS_/i,
  /^OTC_/i,
  /^OPENTELEKOMCLOUD_/i,
  /^(HTTP|HTTPS|ALL|NO)_PROXY$/i,
  /^JEST_/i,
  /^TS_NODE_/i,
  /^(NODE_ENV|NODE_OPTIONS|NODE_PATH)$/i,
];

interface HermeticFolders {
  /** Folder with `pulumi`, its language host and the dynamic provider's launcher. */
  engineBin: string;
  /** Replaces ~/.pulumi. */
  home: string;
  /** The backend: where states are kept. */
  backend: string;
  passphrase: string;
}

/** Environment of an engine run that neither reads nor touches anything of the user's Pulumi account. */
export function hermeticEnvironment(folders: HermeticFolders, inherited: Environment): Record<string, string> {
  const env: Record<string, string> = {};
  let inheritedPath = "";
  for (const [name, value] of Object.entries(inherited)) {
    if (value === undefined || dropped.some((pattern) => pattern.test(name))) continue;
    // On Windows the name may be spelt Path; two spellings in one environment are undefined behaviour.
    if (name.toUpperCase() === "PATH") inheritedPath = value;
    else env[name] = value;
  }
  const nodeBin = path.dirname(process.execPath);
  return {
    ...env,
    PATH: [folders.engineBin, nodeBin, inheritedPath].filter(Boolean).join(path.delimiter),
    PULUMI_HOME: folders.home,
    PULUMI_BACKEND_URL: `file://${folders.backend.replaceAll("\\", "/")}`,
    PULUMI_CONFIG_PASSPHRASE: folders.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

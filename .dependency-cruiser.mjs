// Which folder may import which. `npm run lint` prints it and holds it, type imports included.

/**
 * Each house's rooms: imports only go down a list, and within a room any way but in a circle. To add a room, add its
 * name. A file that stands beside the rooms may import all of them, and none of them may import it.
 */
export const rooms = {
  provider: [
    "policy",
    "resources",
    "functions",
    "lifecycles",
    "arguments",
    "wait",
    "service",
    "identity",
    "settings",
    "http",
    "schedule",
    "task",
    "clock",
    "output",
  ],
  emulator: ["server", "routes", "operations", "service", "accounts", "instances", "tasks", "http", "clock"],
  cli: ["commands", "comparison", "doctor", "surroundings", "terminal"],
  engine: ["finding", "routes", "pinned", "machine"],
  bench: ["report", "real", "virtual", "peers", "waits"],
  faults: [
    "kills",
    "load",
    "clocks",
    "mixtures",
    "faultyServices",
    "hostileInputs",
    "secrets",
    "answers",
    "observed",
    "servers",
    "waits",
    "trials",
  ],
  matrix: ["cells", "report", "runs", "stacks", "programs", "installs"],
};

/** The rooms that may know Pulumi; all others must also serve hosts that have none. */
const knowPulumi = ["policy", "resources", "functions", "lifecycles"];

/** Which houses a house may import: the emulator is the service, and knows no client; the command
 * is a client that knows no Pulumi; the bench and the faults try all of it; the matrix
 * knows what is published alone. */
const houses = {
  provider: [],
  emulator: [],
  cli: ["provider", "emulator"],
  engine: [],
  bench: ["provider", "emulator", "engine"],
  faults: ["provider", "emulator", "engine", "tests"],
  matrix: ["emulator", "engine", "tests"],
};

const orderOfRooms = Object.entries(rooms).flatMap(([house, names]) =>
  names.map((name, i) => {
    const allowed = names.slice(i);
    return {
      name: `${house}/${name} may import ${allowed.join(", ")}`,
      severity: "error",
      from: { path: `^${house}/${name}/` },
      to: { path: `^${house}/`, pathNot: `^${house}/(${allowed.join("|")})/` },
    };
  }),
);

const orderOfHouses = Object.entries(houses).map(([house, others]) => ({
  name: `${house}/ may import ${[house, ...others].join(", ")}`,
  severity: "error",
  from: { path: `^${house}/` },
  to: {
    path: "^(provider|emulator|cli|engine|bench|faults|matrix|tests|scripts)/",
    pathNot: `^(${[house, ...others].join("|")})/`,
  },
}));

export default {
  forbidden: [
    ...orderOfRooms,
    ...orderOfHouses,
    {
      name: "no circle of imports",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: `in provider/, only ${knowPulumi.join(", ")} may import Pulumi`,
      severity: "error",
      from: { path: "^provider/", pathNot: `^provider/(${knowPulumi.join("|")})/` },
      to: { path: "node_modules/@pulumi/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    detectJSDocImports: true,
  },
};

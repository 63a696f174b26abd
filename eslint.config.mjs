import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

// One direction of imports: program -> resource or function -> waiter -> client -> transport and credentials.
// Each entry may import those after it, never those before it.
const layers = [
  ["index.ts"],
  [
    ...["backgroundTask.ts", "backgroundTasks.ts", "getBackgroundTask.ts", "getBackgroundTasks.ts"],
    ...[
      "backgroundTaskSearch.ts",
      "functionCall.ts",
      "functionOptions.ts",
      "inputTypes.ts",
      "programStart.ts",
      "resourceInputs.ts",
      "thinProviders.ts",
    ],
    ...["dependencyGate.ts", "jsonInput.ts"],
  ],
  [
    ...["lifecycle.ts", "taskLifecycle.ts", "searchLifecycle.ts", "barrierLifecycle.ts", "recordDeletion.ts"],
    ...["engineLink.ts", "namedTasks.ts", "providerConfiguration.ts", "recordedState.ts", "reportedWait.ts"],
  ],
  ["progressReport.ts"],
  ["waiter.ts", "search.ts", "barrier.ts"],
  ["sharedLooks.ts"],
  ["taskLook.ts", "taskList.ts"],
  ["client.ts"],
  ["transport.ts", "credentials.ts"],
];
const inProvider = (file) => `./provider/${file}`;
const directionOfImports = layers.slice(1).map((layer, i) => ({
  target: layer.map(inProvider),
  from: layers
    .slice(0, i + 1)
    .flat()
    .map(inProvider),
  message: "Imports run one way: program -> resource or function -> waiter -> client -> transport and credentials.",
}));

// When to look is decided by pure functions, so that it can be simulated.
const planning = ["schedule.ts", "forecast.ts", "typicalDurations.ts", "pastRuns.ts", "serviceClock.ts"].map(
  inProvider,
);

// The files that may know Pulumi; everything else of provider/ must also serve hosts that have no Pulumi.
const knowsPulumi = layers.slice(0, 3).flat().map(inProvider);

const nodeGlobals = Object.fromEntries(
  [
    "process",
    "console",
    "URL",
    "Buffer",
    "performance",
    "setTimeout",
    "clearTimeout",
    "setInterval",
    "clearInterval",
  ].map((name) => [name, "readonly"]),
);

export default tseslint.config(
  { ignores: ["bin/**", ".cache/**", "**/node_modules/**", "coverage/**"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            ...directionOfImports,
            {
              target: planning,
              from: ["waiter.ts", "client.ts", "transport.ts", "credentials.ts"].map(inProvider),
              message: "The plan of the looks must not know who looks.",
            },
            { target: ["./provider", "./emulator"], from: "./bench", message: "The bench measures; nothing needs it." },
            { target: "./provider", from: "./emulator", message: "The package must not need the emulator." },
            {
              target: "./provider/*.ts",
              from: "./provider/policy",
              message: "Policies import the resources and the client, never the other way round.",
            },
            { target: "./emulator", from: "./provider", message: "The emulator is the service: it knows no client." },
          ],
        },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      // { left, ...rest } is how a property is left out.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // An async method of an interface turns what it throws into a rejection; it need not await anything.
      "@typescript-eslint/require-await": "off",
      // JSON of somebody else's making has no type that would tell more.
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["provider/**/*.ts"],
    ignores: [...knowsPulumi.map((file) => file.slice(2)), "provider/policy/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@pulumi/*"], message: "Nothing below lifecycle.ts may import Pulumi." }] },
      ],
    },
  },
  {
    // Written as users write them: with the looser settings of `pulumi new`, and against the SDK's dynamic providers,
    // whose old properties are of type any.
    files: ["examples/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  {
    files: ["tests/**/*.ts"],
    // expect(object.method) is how Jest asks whether a mock was called.
    rules: { "@typescript-eslint/unbound-method": "off" },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: nodeGlobals },
  },
);

// Which folder may import which is held by .dependency-cruiser.mjs.
import js from "@eslint/js";
import tseslint from "typescript-eslint";

const nodeGlobals = Object.fromEntries(
  [
    "process",
    "console",
    "URL",
    "Buffer",
    "performance",
    "AbortController",
    "setTimeout",
    "clearTimeout",
    "setInterval",
    "clearInterval",
  ].map((name) => [name, "readonly"]),
);

export default tseslint.config(
  { ignores: ["bin/**", ".cache/**", "**/node_modules/**", "coverage/**", "site/**"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
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
    // Programs that an engine runs.
    files: ["**/*.cjs"],
    languageOptions: { sourceType: "commonjs", globals: { ...nodeGlobals, fetch: "readonly", __dirname: "readonly" } },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: nodeGlobals },
  },
);

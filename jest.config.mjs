// p-retry, is-network-error and github-slugger are ES modules only, which Jest below Node 24.9 cannot load as they are.
const transform = { "^.+\\.(t|j)s$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] };
const transformIgnorePatterns = ["/node_modules/(?!(p-retry|is-network-error|github-slugger)/)", "/bin/"];
const project = (name) => ({
  displayName: name,
  rootDir: ".",
  testEnvironment: "node",
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  transform,
  transformIgnorePatterns,
  // Copies of the sources, which the mutation runs make.
  modulePathIgnorePatterns: ["<rootDir>/.cache/"],
  testEnvironmentOptions: { globalsCleanup: "on" },
});

export default {
  projects: [project("unit"), project("process"), project("engine")],
  testSequencer: "<rootDir>/tests/longestFirst.mjs",
};

// `npm publish` in the repository's root would publish links that lead nowhere, and a version that nobody tried.
console.error("Publish with npm run release: CONTRIBUTING.md says how.");
process.exit(1);

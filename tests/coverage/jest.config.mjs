// Jest's usual projects, which write the counts after each test file.
import path from "node:path";
import usual from "../../jest.config.mjs";

const { projects, testSequencer } = usual;
const setupFilesAfterEnv = [path.join(import.meta.dirname, "writeCounts.cjs")];

export default {
  projects: projects.map((project) => ({ ...project, rootDir: process.cwd(), setupFilesAfterEnv })),
  testSequencer: testSequencer.replace("<rootDir>", process.cwd()),
};

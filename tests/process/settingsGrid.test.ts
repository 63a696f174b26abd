import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";
import { type GridCase, gridCases } from "../settingsGrid";
import { requestsSeen, setUp } from "../settingsGridSetup";
import { StartedProvider } from "./startedProvider";

// Starting a process takes seconds where the machine is busy; a few at a time take less than one after the other.
jest.setTimeout(120_000);

describe("in the provider process, the identity, project and endpoint are those of", () => {
  it.concurrent.each(gridCases.map((gridCase): [string, GridCase] => [gridCase.title, gridCase]))(
    "%s",
    async (_title, gridCase) => {
      const folder = mkdtempSync(path.join(tmpdir(), "settings-process-"));
      const cwd = await writeProgram({ files: { "index.js": "" } }, folder);
      const setup = await setUp(gridCase, cwd);
      const { config, env, place, subject, projectId, right, wrong } = setup;
      const before = wrong.requests().length;
      let provider: StartedProvider | undefined;
      try {
        provider = await StartedProvider.start(cwd, config, env);
        const outputs = await provider.create({ ...subject, ...place });
        expect(outputs).toMatchObject({ ...subject, status: "SUCCESS", projectId });
        expect(requestsSeen(setup).projects).toEqual([projectId]);
        expect(wrong.requests().length).toBe(before);
      } finally {
        provider?.stop();
        await Promise.all([right.close(), wrong.close()]);
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    },
  );
});

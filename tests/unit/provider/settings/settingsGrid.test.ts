import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { showTaskWith } from "../../../../provider/service/client";
import { identityFor } from "../../../../provider/identity/identities";
import { readSettings } from "../../../../provider/settings/settings";
import { type GridCase, gridCases, huaweiCases } from "../../../settingsGrid";
import { type GridSetup, requestsSeen, setUp } from "../../../settingsGridSetup";

let folder: string;
let setup: GridSetup | undefined;

beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "settings-"))));
afterEach(async () => {
  await Promise.all([setup?.right.close(), setup?.wrong.close()]);
  setup = undefined;
  rmSync(folder, { recursive: true, force: true });
});

describe("in the program, the identity, project and endpoint are those of", () => {
  it.each(gridCases.map((gridCase): [string, GridCase] => [gridCase.title, gridCase]))(
    "%s",
    async (_title, gridCase) => {
      setup = await setUp(gridCase, folder);
      const { config, env, place, subject, projectId, right, wrong } = setup;
      const before = wrong.requests().length;
      const settings = readSettings(place, (key) => config[key], env, { cwd: folder, home: folder });

      const reply = await showTaskWith(identityFor(settings), "kafka")(subject, { timeoutMs: 5000 });

      expect(reply.task).toMatchObject({ ...subject, status: "SUCCESS", projectId });
      expect(requestsSeen(setup).projects).toEqual([projectId]);
      expect(wrong.requests().length).toBe(before);
      const isByPassword = gridCase.method.includes("password");
      expect((right.counts()["createToken"] ?? 0) > 0).toBe(isByPassword || /token$/.test(gridCase.method));
    },
  );

  it("at least forty combinations in each cloud", () => {
    expect(huaweiCases.length).toBeGreaterThanOrEqual(40);
    expect(gridCases.length - huaweiCases.length).toBeGreaterThanOrEqual(40);
  });
});

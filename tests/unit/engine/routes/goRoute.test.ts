import { findGo } from "../../../../engine/routes/goRoute";

describe("the Go on PATH", () => {
  test.each([
    ["go1.26.8", "1.26.8"],
    ["go1.25.11", "1.25.11"],
    ["go1.27", "1.27.0"],
    ["go1.26.8-vendor.2", "1.26.8"],
  ])("called %s can build the engine", async (printed, version) => {
    expect(await findGo("1.25.11", () => Promise.resolve(printed))).toEqual({ found: version });
  });

  test.each([
    ["go1.25.10", "the Go on PATH is 1.25.10, older than 1.25.11"],
    ["go1.9.7", "the Go on PATH is 1.9.7, older than 1.25.11"],
    ["devel", "the Go on PATH calls its version 'devel'"],
  ])("called %s cannot, and the reason says why", async (printed, whyNot) => {
    expect(await findGo("1.25.11", () => Promise.resolve(printed))).toEqual({ whyNot });
  });

  test("that is not there is the reason", async () => {
    expect(await findGo("1.25.11", () => Promise.reject(new Error("ENOENT")))).toEqual({ whyNot: "no Go on PATH" });
  });
});

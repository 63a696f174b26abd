import { AppearWindow } from "../../../../provider/wait/appearWindow";

describe("the window in which something may appear", () => {
  it("is over when the service has answered for so long since it was first missing", () => {
    const loop = { answeredMs: 500 };
    const window = new AppearWindow(loop, 1000);
    window.open();
    expect([window.openMs, window.leftMs, window.isOver]).toEqual([0, 1000, false]);
    loop.answeredMs = 1499;
    window.open();
    expect([window.openMs, window.leftMs, window.isOver]).toEqual([999, 1, false]);
    loop.answeredMs = 1500;
    expect([window.leftMs, window.isOver]).toEqual([0, true]);
  });

  it("does not stay open for a rounding error, at which a clock may stand still for ever", () => {
    const loop = { answeredMs: 0.1 };
    const window = new AppearWindow(loop, 0.3);
    window.open();
    loop.answeredMs = 0.1 + 0.3 - 1e-12;
    expect(window.leftMs).toBeGreaterThan(0);
    expect(window.isOver).toBe(true);
  });

  it("begins anew when it had appeared and is missing again", () => {
    const loop = { answeredMs: 0 };
    const window = new AppearWindow(loop, 1000);
    window.open();
    loop.answeredMs = 900;
    window.close();
    expect(window.isOver).toBe(false);
    loop.answeredMs = 1500;
    expect(window.isOver).toBe(false);
    window.open();
    expect(window.leftMs).toBe(1000);
  });

  it("is over at once without a length, but not before it was missing", () => {
    const window = new AppearWindow({ answeredMs: 0 }, 0);
    expect(window.isOver).toBe(false);
    window.open();
    expect(window.isOver).toBe(true);
  });
});

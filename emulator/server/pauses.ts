/** Waits that leave no timer behind when the server closes. */
export class Pauses {
  private readonly timers = new Set<NodeJS.Timeout>();

  wait(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        resolve();
      }, seconds * 1000);
      this.timers.add(timer);
    });
  }

  /** Ends all waits without going on. */
  dropAll(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
  }
}

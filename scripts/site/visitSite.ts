import type { Page } from "playwright-core";
import { sitePages } from "./brokenSiteLinks";
import { findChromium, noChromium } from "./chromium";
import { startSiteServer } from "./siteServer";
import { faultsOfVisit } from "./visitedPage";

const widths = { "a desk": { width: 1280, height: 900 }, "a phone": { width: 390, height: 844 } };

/** What the search must find, and on which page. */
const searches = {
  getBackgroundTask: "functions/pulumi-otc-background-task.getBackgroundTask.html",
  QuietInstance: "classes/pulumi-otc-background-task.QuietInstance.html",
  configuration: "configuration.html",
};

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Visits every page of a built site at both widths, and searches; resolves with a sentence for each fault. */
export async function visitSite(site: string): Promise<string[]> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) return [noChromium(process.env)];
  // Only this needs it, and it is large.
  const { chromium } = await import("playwright-core");
  const server = await startSiteServer(site);
  const browser = await chromium.launch({ executablePath, args: quiet });
  try {
    const faults: string[] = [];
    for (const [where, viewport] of Object.entries(widths)) {
      const page = await browser.newPage({ viewport });
      const found: string[] = [];
      for (const address of sitePages(site)) found.push(...(await faultsOfVisit(page, server.url, address)));
      for (const [text, address] of Object.entries(searches)) {
        if (!(await isFound(page, server.url, text, address)))
          found.push(`The search for ${text} does not lead to ${address}.`);
      }
      faults.push(...found.map((fault) => `On ${where}: ${fault}`));
      await page.close();
    }
    return faults;
  } finally {
    await browser.close();
    server.close();
  }
}

/** Whether a search finds a page, and leads there. */
async function isFound(page: Page, site: string, text: string, address: string): Promise<boolean> {
  await page.goto(site);
  await page.click("#tsd-search-trigger");
  await page.fill("#tsd-search-input", text);
  const result = page.locator(`#tsd-search-results a[href$="${address}"]`).first();
  try {
    await result.click({ timeout: 5000 });
    await page.waitForURL(`${site}${address}*`, { timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

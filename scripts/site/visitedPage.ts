import type { Page } from "playwright-core";

/** Opens a page of the site in a browser: what is wrong with it, one sentence for each fault. */
export async function faultsOfVisit(page: Page, site: string, address: string): Promise<string[]> {
  const faults: string[] = [];
  page.removeAllListeners();
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`logs an error: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`throws ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(site)) faults.push(`asks another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400)
      faults.push(`gets HTTP ${response.status()} for ${response.url().slice(site.length)}`);
  });
  await page.goto(site + address, { waitUntil: "load" });
  // The navigation is made in the browser.
  await page.waitForSelector("#tsd-nav-container a", { state: "attached" });
  faults.push(...(await page.evaluate(faultsOfLayout)));
  return faults.map((fault) => `${address} ${fault}.`);
}

// Runs in the browser.
function faultsOfLayout(): string[] {
  const { document, innerWidth } = globalThis as unknown as BrowserWindow;
  const found: string[] = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) {
    const widest = [...document.querySelectorAll("body *")]
      .map((element) => ({ element, right: element.getBoundingClientRect().right }))
      .filter(({ right }) => right > innerWidth)
      .map(({ element }) => element.outerHTML.slice(0, 80));
    found.push(`is ${scrollWidth} pixels wide in a window of ${innerWidth}; too wide is ${widest[0]}`);
  }
  for (const image of document.querySelectorAll("img")) {
    if (image.naturalWidth === 0) found.push(`does not show the picture ${image.src}`);
  }
  if (document.querySelector("h1, h2") === null) found.push("has no heading");
  return found;
}

/** What the function above uses of a browser: the repository is compiled for Node.js. */
interface BrowserWindow {
  innerWidth: number;
  document: {
    documentElement: { scrollWidth: number };
    querySelector(selector: string): unknown;
    querySelectorAll(selector: "img"): Iterable<{ naturalWidth: number; src: string }>;
    querySelectorAll(selector: string): Iterable<{ outerHTML: string; getBoundingClientRect(): { right: number } }>;
  };
}

import { rmSync } from "node:fs";
import { brokenSiteLinks } from "../../../../scripts/site/brokenSiteLinks";
import { writtenFiles } from "./writtenFiles";

it("finds the links of a site's pages that lead nowhere, and no others", () => {
  const site = writtenFiles({
    "index.html": `
      <a href="polling.html">1</a> <a href="polling.html#by-name">2</a> <a href="#">3</a> <a href="classes/Task.html">4</a>
      <a href="https://example.com/gone.html">5</a> <img src="media/chart.svg"> <a href="polling.html#gone">6</a>`,
    "polling.html": `<h2 id="by-name">By name</h2> <a href="gone.html">7</a> <a href="gone.html">again</a>`,
    "classes/Task.html": `<a href="../index.html">8</a> <a href="../media/gone.svg">9</a> <a href="#top">10</a>`,
    "media/chart.svg": "<svg/>",
  });
  expect(brokenSiteLinks(site)).toEqual([
    "classes/Task.html of the site: ../media/gone.svg leads nowhere.",
    "index.html of the site: polling.html#gone leads nowhere.",
    "polling.html of the site: gone.html leads nowhere.",
  ]);
  rmSync(site, { recursive: true });
});

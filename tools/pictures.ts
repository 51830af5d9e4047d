/**
 * Takes the pictures of the README and the site, in light and dark, into docs/pictures: of the demo's own run, and of the worst, the median and an
 * empty week of the simulated year. Needs a Chromium (tools/browser.ts) and a font with emoji, such as Debian's fonts-noto-color-emoji. Nothing of this is in the tests or the package.
 *
 *     npm run pictures
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { escapeHtml, markdownHtml } from "../demo/html.js";
import { htmlPage } from "../demo/page.js";
import { Browser, type Scheme, type Shot } from "./browser.js";
import { yearShown } from "./pictures-year.js";

const FROM = new URL("../demo/out/pictures/", import.meta.url);
const DOCS = new URL("../docs/", import.meta.url);
const INTO = new URL("pictures/", DOCS);
const SCHEMES: readonly Scheme[] = ["light", "dark"];
/** Of a page that shows one thing: as wide as a comment on GitHub is read. */
const WIDTH = 720;
const MOST_BYTES = 60_000;
const QUALITY = 50;
/** What is taller is cut: a first look. */
const MOST_HEIGHT = { report: 760, other: 860 };

const markdownPage = (title: string, markdown: string): string => {
  const body = markdownHtml(markdown, { link: () => null, accounts: new Set(), numbers: new Set() });
  return htmlPage(
    title,
    "single",
    `<main><article class="box"><header><b>follow-through</b> ${escapeHtml(title)}</header><div class="markdown">${body}</div></article></main>`,
  );
};

async function main(): Promise<void> {
  const year = yearShown();
  const made: Readonly<Record<string, string>> = {
    digest: markdownPage("commented on Weekly digest", year.repository),
    "digest-organisation": markdownPage("commented on Weekly digest of the organisation", year.organisation),
    "digest-median": markdownPage("commented on Weekly digest of the organisation", year.median),
    "digest-empty": markdownPage("commented on Weekly digest of the organisation", year.empty),
    "digest-5000": markdownPage("commented on Weekly digest", year.many),
    slack: year.slack,
    report: year.report,
  };
  for (const [name, html] of Object.entries(made)) writeFileSync(new URL(`${name}.html`, FROM), html);
  mkdirSync(INTO, { recursive: true });
  const browser = await Browser.start();
  try {
    for (const file of readdirSync(FROM).filter((name) => name.endsWith(".html"))) {
      for (const scheme of SCHEMES) await take(browser, file.replace(".html", ""), scheme);
    }
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, name: string, scheme: Scheme): Promise<void> {
  const suffix = scheme === "dark" ? "-dark" : "";
  const url = pathToFileURL(fileURLToPath(new URL(`${name}.html`, FROM))).href;
  if (name === "front") return keep(new URL(`demo${suffix}.webp`, DOCS), { width: 1280, scheme, quality: 80 });
  if (!name.startsWith("report"))
    return keep(new URL(`${name}${suffix}.webp`, INTO), {
      ...{ width: WIDTH, scheme, quality: QUALITY },
      ...{ of: "main", most: MOST_HEIGHT.other },
    });
  for (const width of [1280, 390])
    await keep(new URL(`${name}-${width}${suffix}.webp`, INTO), {
      ...{ width, scheme, quality: QUALITY, most: MOST_HEIGHT.report },
    });

  async function keep(path: URL, shot: Shot): Promise<void> {
    await browser.open(url, shot);
    const picture = await browser.picture(shot);
    writeFileSync(path, picture);
    const words =
      picture.length > MOST_BYTES ? `${picture.length} bytes: more than a page should load` : `${picture.length} bytes`;
    console.log(`${path.pathname.slice(DOCS.pathname.length)}: ${words}`);
  }
}

await main();

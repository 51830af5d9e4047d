/**
 * `npm run demo`: the whole job on a local GitHub, told on the terminal and left behind as a page in demo/out/. Exit code 0 where
 * everything happened as it should, 1 with what did not. Ctrl-C at any time leaves nothing running and no folder behind.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dateIn, type PlainDate } from "../src/calendar.js";
import { count, day } from "../src/render/words.js";
import { documentText } from "./documents.js";
import { type PageInput, renderPage } from "./page.js";
import { picturePages } from "./pictures.js";
import { REPOSITORY, Stage } from "./stage.js";
import { tellStory } from "./story.js";
import { commentView, issueView, Telling } from "./telling.js";
import { terminalOn } from "./terminal.js";
import { styleFor } from "./terminal-text.js";

const TIME_ZONE = "Europe/Zurich";
const OUT = new URL("./out/", import.meta.url);

async function main(): Promise<number> {
  const started = performance.now();
  const today = dateIn(TIME_ZONE, new Date());
  const terminal = terminalOn(process.stdout, styleFor(process.stdout));
  const telling = new Telling((part) => terminal.show(part));
  const setting = Stage.set(documentText("follow-through.yml", today));
  const stopped = stopOnSignals(() => setting.then((stage) => stage.close()));
  const stage = await setting;
  try {
    await tellStory(stage, telling, today);
    const summary = summaryOf(stage);
    const input = pageInput(stage, telling, `${REPOSITORY}, followed through on ${day(today)}`, summary);
    const page = writePage(input);
    if (process.argv.includes("--pictures")) await writePictures(stage, input, today);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    terminal.print("", `${summary.join(", ")}, in ${seconds} s.`, `The story as a page: ${page}`);
    const broken = [...stage.github.violations, ...stage.github.limitBreaches];
    for (const what of broken) terminal.print(JSON.stringify(what));
    return broken.length === 0 ? 0 : 1;
  } catch (error) {
    if (stopped.aborted) return 1;
    process.stderr.write(`\nThe demo ends here. ${error instanceof Error ? error.message : String(error)}\n`);
    if (stage.service.log) process.stderr.write(`The service's log:\n${stage.service.log}\n`);
    return 1;
  } finally {
    await stage.close();
  }
}

/**
 * Ends at once on Ctrl-C and its like, and when nobody reads on (`| head`), once all that was started is gone. Exit codes as
 * shells give them: 128 and the signal. The signal returned tells that it came to that.
 */
function stopOnSignals(close: () => Promise<void>): AbortSignal {
  const stopped = new AbortController();
  const stop = (code: number) => () => {
    stopped.abort();
    void close().finally(() => process.exit(code));
  };
  process.once("SIGINT", stop(130)).once("SIGTERM", stop(143)).once("SIGHUP", stop(129));
  process.stdout.once("error", stop(1));
  return stopped.signal;
}

function summaryOf({ trackingIssues, comments, github }: Stage): string[] {
  const by = (words: string) => comments.filter(({ body }) => body.includes(`<!-- follow-through:${words} `)).length;
  return [
    count(trackingIssues.length, "tracking issue"),
    count(by("status"), "status comment"),
    count(by("nudge"), "nudge"),
    count(by("digest-week"), "digest"),
    `${count(github.requests.length, "GitHub request")}, ${
      github.violations.length === 0
        ? "each as GitHub documents it"
        : `${github.violations.length} of them not as GitHub documents it`
    }`,
  ];
}

function pageInput(stage: Stage, { parts }: Telling, title: string, summary: readonly string[]): PageInput {
  const { repository, github } = stage;
  const threads = [...repository.state.issues.values()].map((issue) => ({
    issue: issueView(issue),
    comments: repository.comments(issue.number).map(commentView),
  }));
  const accounts = new Set([...github.world.accounts.keys(), "acme/payments"]);
  return { parts, threads, accounts, summary, title };
}

/** Returns the page's path. */
function writePage(input: PageInput): string {
  mkdirSync(OUT, { recursive: true });
  const path = fileURLToPath(new URL("story.html", OUT));
  writeFileSync(path, renderPage(input));
  return path;
}

/** Writes the pages that `npm run pictures` takes its pictures of. */
async function writePictures({ folder, service, github }: Stage, input: PageInput, today: PlainDate): Promise<void> {
  const name = "stale-prices.md";
  writeFileSync(join(folder, name), documentText(`${name}.txt`, today));
  writeFileSync(join(folder, "follow-through.yml"), documentText("follow-through.yml", today));
  const args = ["check", "--policy", "follow-through.yml", name];
  const output = await service.command(...args);
  const report = await service.command(
    "report",
    "--repo",
    REPOSITORY,
    "--format",
    "html",
    "--now",
    github.clock.now().toISOString(),
  );
  const into = new URL("pictures/", OUT);
  mkdirSync(into, { recursive: true });
  const pages = picturePages(input, { line: `follow-through ${args.join(" ")}`, output });
  for (const [name, html] of pages) writeFileSync(new URL(`${name}.html`, into), html);
  writeFileSync(new URL("report.html", OUT), report);
}

process.exitCode = await main();

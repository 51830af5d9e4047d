/** The story as one HTML page that needs nothing else: no network, no script, no picture but those drawn in it. */
import { readFileSync } from "node:fs";
import { count } from "../src/render/words.js";
import { blocksOf, newBlocks } from "./changes.js";
import { checkHtml } from "./check-parts.js";
import { actionItemsOf, changedLines } from "./files.js";
import { escapeHtml, markdownHtml, type Surroundings, withMentions } from "./html.js";
import { avatar, foldedBlocks, issueCard, person, posted } from "./page-parts.js";
import type { CommentView, FileView, IssueView, Part } from "./telling.js";

/** An issue or pull request at the end of the story, with all that was said on it. */
export interface Thread {
  readonly issue: IssueView;
  readonly comments: readonly CommentView[];
}

export interface PageInput {
  readonly parts: readonly Part[];
  readonly threads: readonly Thread[];
  readonly accounts: ReadonlySet<string>;
  /** Lines of figures for the top of the page. */
  readonly summary: readonly string[];
  readonly title: string;
}

/** The page's HTML. */
export function renderPage(input: PageInput): string {
  const { parts, threads, summary, title } = input;
  const around = surroundings(input);
  const scenes = scenesOf(parts);
  return htmlPage(
    title,
    "",
    `<header>
<h1>${escapeHtml(title)}</h1>
<ul class="summary">${summary.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>
<nav><ol>${scenes.map((scene, at) => `<li><a href="#scene-${at + 1}">${escapeHtml(scene.title)}</a></li>`).join("")}
<li><a href="#issues">Every issue at the end</a></li></ol></nav>
</header>
<main>
${scenes.map((scene, at) => sceneHtml(scene, at + 1, around)).join("\n")}
<section id="issues">
<h2>Every issue, as it stands at the end</h2>
<details><summary>${count(threads.length, "issue and pull request", "issues and pull requests")}, with all that was said there</summary>
${threads.map((thread) => threadHtml(thread, around)).join("\n")}
</details>
</section>
</main>`,
  );
}

/** What the page knows before anything is told. */
export const surroundings = ({ parts, threads, accounts }: PageInput): SoFar => ({
  link: linkWithin(parts),
  accounts,
  numbers: new Set(threads.map(({ issue }) => issue.number)),
  told: new Set(),
  isWhole: false,
});

/** A page with its style; `kind` is its class. */
export function htmlPage(title: string, kind: string, body: string): string {
  const css = readFileSync(new URL("./page.css", import.meta.url), "utf8");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
${css}</style>
</head>
<body class="${kind}">
${body}
</body>
</html>
`;
}

interface SceneParts {
  readonly title: string;
  readonly parts: Part[];
}

function scenesOf(parts: readonly Part[]): SceneParts[] {
  const scenes: SceneParts[] = [];
  for (const part of parts) {
    if (part.kind === "scene") scenes.push({ title: part.title, parts: [] });
    else scenes.at(-1)?.parts.push(part);
  }
  return scenes;
}

function sceneHtml({ title, parts }: SceneParts, number: number, around: SoFar): string {
  const body = parts.map((part) => partHtml(part, around)).join("\n");
  return `<section id="scene-${number}">\n<h2>${escapeHtml(title)}</h2>\n${body}\n</section>`;
}

/** As far as the page is told, its blocks, so that none is told twice. */
export interface SoFar extends Surroundings {
  readonly told: Set<string>;
  /** Nothing is folded away. */
  readonly isWhole: boolean;
}

/** How many blocks of a text are shown at once: its first document, and of a digest what a first look takes in. */
const SHOWN = { document: 4, digest: 6 };

/** A text of the App's or of people's; of an edited one what is other than `before`. */
function news(markdown: string, before: string | null, around: SoFar): string {
  const blocks = newBlocks(markdown, before, around.told, around);
  for (const block of blocksOf(markdown)) around.told.add(block);
  if (around.isWhole) return blocks.join("");
  return foldedBlocks(blocks, isDigest(markdown) ? SHOWN.digest : SHOWN.document);
}

/** Whether it is the comment of a week. */
export const isDigest = (markdown: string): boolean => markdown.includes("<!-- follow-through:digest-week ");

/** One part of the story. */
export function partHtml(part: Part, around: SoFar): string {
  switch (part.kind) {
    case "scene":
      return "";
    case "words":
      return `<div class="words">${markdownHtml(part.text, around)}</div>`;
    case "deed":
      return `<p class="deed">${avatar(part.who)} ${person(part.who)} ${withMentions(part.text, around)}</p>`;
    case "command":
      return `<pre class="command"><b>$ ${escapeHtml(part.line)}</b>\n${escapeHtml(part.output)}</pre>`;
    case "file":
      return fileHtml(part.file);
    case "pull":
      return pullHtml(part.pull, part.files);
    case "check":
      return checkHtml(part.check, news(part.check.summary, null, around), placeOf, around.isWhole);
    case "issue":
      return issueCard(part.issue, news(part.issue.body, part.before, around), part.before !== null);
    case "comment":
      return commentHtml(part.comment, part.before !== null, news(part.comment.body, part.before, around));
  }
}

function commentHtml({ on, author, at, editedAt }: CommentView, isEdit: boolean, body: string): string {
  const does = isEdit ? "edited its comment on" : "commented on";
  const where = `${does} <a href="#issue-${on.number}">#${on.number}</a>`;
  return posted(author, where, isEdit ? editedAt : at, body);
}

function pullHtml(pull: IssueView, files: readonly FileView[]): string {
  const head = `<p class="deed">${avatar(pull.author)} ${person(pull.author)} opens pull request <a href="#issue-${pull.number}">#${pull.number}</a> “${escapeHtml(pull.title)}”:</p>`;
  const [first, ...others] = files.map((file) => fileHtml(file));
  if (first === undefined || others.length === 0) return head + (first ?? "");
  return `${head}${first}<details><summary>and ${count(others.length, "more file")}</summary>${others.join("")}</details>`;
}

/** A file under its path: of an edited one what changed, of a new postmortem its action items and the whole to unfold. */
function fileHtml({ path, before, text }: FileView): string {
  const whole = `<pre id="${fileId(path)}">${escapeHtml(text.trimEnd())}</pre>`;
  const items = actionItemsOf(text);
  return `<div class="file"><p>${escapeHtml(path)}</p>${content()}</div>`;

  function content(): string {
    if (before !== null) return `<pre>${changedLines(before, text).map(changedLine).join("")}</pre>`;
    if (items === null) return whole;
    const rest = `<details><summary>the whole document</summary>${whole}</details>`;
    return `<pre>${escapeHtml(items.join("\n"))}</pre>${rest}`;
  }
}

function changedLine(line: string): string {
  const tag = line.startsWith("+") ? "ins" : "del";
  return `<${tag}>${escapeHtml(line)}</${tag}>`;
}

function threadHtml({ issue, comments }: Thread, around: Surroundings): string {
  const body = issueCard(issue, markdownHtml(issue.body, around));
  const said = comments.map((comment) => commentHtml(comment, false, markdownHtml(comment.body, around))).join("\n");
  const words = comments.length === 0 ? "" : ` · ${comments.length} comment${comments.length === 1 ? "" : "s"}`;
  return `<details class="thread"><summary><span class="number">#${issue.number}</span> ${escapeHtml(issue.title)}${words}</summary>
<div id="issue-${issue.number}">${body}${said}</div></details>`;
}

/** Links of the emulated GitHub lead to where the page shows the same thing. */
function linkWithin(parts: readonly Part[]): (href: string) => string | null {
  const shown = parts.flatMap((part) => (part.kind === "pull" ? part.files : part.kind === "file" ? [part.file] : []));
  const files = new Set(shown.map(({ path }) => path));
  return (href) => {
    if (!/^https?:\/\/127\.0\.0\.1:\d+\//.test(href)) return null;
    const { pathname } = new URL(href);
    const number = /\/(?:issues|pull)\/(\d+)$/.exec(pathname)?.[1];
    if (number) return `#issue-${number}`;
    const path = decodeURIComponent(/\/blob\/[^/]+\/(.+)$/.exec(pathname)?.[1] ?? "");
    if (files.has(path)) return placeOf(path);
    return pathname.endsWith("/issues") ? "#issues" : null;
  };
}

const placeOf = (path: string): string => `#${fileId(path)}`;
const fileId = (path: string): string => `file-${path.replace(/[^\w-]+/g, "-")}`;

/** Pages that show one thing each, to take pictures of: what people see, as the story has it. */
import { escapeHtml } from "./html.js";
import { htmlPage, isDigest, type PageInput, partHtml, surroundings } from "./page.js";
import type { Part } from "./telling.js";

/** What the command line printed beside the story. */
export interface Printed {
  readonly line: string;
  readonly output: string;
}

/** What is too wide goes on below where its words begin, as the command line itself wraps it in a terminal. */
const asInTerminal = (output: string): string =>
  output
    .split("\n")
    .map((line) => {
      const hang = /^(?: +\d* *)?/.exec(line)?.[0].length ?? 0;
      return `<span style="display:block;padding-left:${hang}ch;text-indent:-${hang}ch">${escapeHtml(line)}</span>`;
    })
    .join("");

/** Each page by its name, the picture of the README among them. */
export function picturePages(input: PageInput, check: Printed): ReadonlyMap<string, string> {
  const { parts, title } = input;
  const told = (some: readonly Part[], isWhole = true) => {
    const around = { ...surroundings(input), isWhole };
    return some.map((part) => partHtml(part, around)).join("\n");
  };
  const first = (isIt: (part: Part) => boolean) => parts.filter(isIt).slice(0, 1);
  const judged = first((part) => part.kind === "check" && part.check.remarks.length > 0);
  const issue = first((part) => part.kind === "issue");
  const digest = first((part) => part.kind === "comment" && isDigest(part.comment.body));
  const status = first(({ kind }) => kind === "comment");
  const shown: readonly (readonly [string, string])[] = [
    ["check", told(judged, false)],
    ["issue", told(issue)],
    ["status", told(status)],
    ["commands", told(scene("Noor asks for more time"))],
    ["related", told(first((part) => part.kind === "check" && part.check.summary.includes("Possibly related")))],
    ["command-line", `<pre class="command"><b>$ ${escapeHtml(check.line)}</b>\n${asInTerminal(check.output)}</pre>`],
  ];
  const pages = shown.map(([name, html]) => [name, htmlPage(title, "single", `<main>${html}</main>`)] as const);
  return new Map([...pages, ["front", htmlPage(title, "picture", `<main>${panels()}</main>`)]]);

  /** The three things of the README, side by side; of the check, what GitHub shows beside the lines. */
  function panels(): string {
    const beside = judged.map((part) =>
      part.kind === "check" ? { ...part, check: { ...part.check, summary: "" } } : part,
    );
    const sections = [
      ["Before the merge: a check", beside],
      ["After it: an issue for each action item", issue],
      ["Every week: the digest", digest],
    ] as const;
    return sections.map(([name, some]) => `<section><h2>${name}</h2>\n${told(some)}\n</section>`).join("\n");
  }

  function scene(name: string): readonly Part[] {
    const start = parts.findIndex((part) => part.kind === "scene" && part.title === name);
    const rest = parts.slice(start + 1);
    const end = rest.findIndex(({ kind }) => kind === "scene");
    return rest.slice(0, end < 0 ? rest.length : end);
  }
}

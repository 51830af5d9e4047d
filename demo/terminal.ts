/**
 * Tells the story on a terminal:
 *
 *   ━━ Ana merges two postmortems ━━━━━━━━━━━━━━━
 *
 *   ana  merges #1
 *
 *   ┌ follow-through[bot] on #1
 *   │ Follow-through: 1 of 9 action items done
 *   └
 */

import { widthOf, wrap } from "../src/columns.js";
import { actionItemsOf, changedLines } from "./files.js";
import type { CheckView, CommentView, FileView, IssueView, Part } from "./telling.js";
import { markdownLines } from "./terminal-markdown.js";
import type { Style } from "./terminal-text.js";

const MAX_WIDTH = 110;

export interface Terminal {
  show(part: Part): void;
  print(...lines: readonly string[]): void;
}

/** A teller on a stream: as wide as that is, coloured where somebody looks. */
export function terminalOn(stream: NodeJS.WriteStream, style: Style): Terminal {
  const width = Math.max(40, Math.min(stream.columns || MAX_WIDTH, MAX_WIDTH));
  const print = (...lines: readonly string[]) => void stream.write(`${lines.join("\n")}\n`);
  let last: Part["kind"] | null = null;
  return {
    print,
    show(part) {
      // What people do one after the other stands together.
      const together = part.kind === "deed" && last === "deed";
      print(...(together ? [] : [""]), ...linesOf(part, width, style));
      last = part.kind;
    },
  };
}

function linesOf(part: Part, width: number, style: Style): string[] {
  switch (part.kind) {
    case "scene":
      return ["", style("bold", `━━ ${part.title} ${"━".repeat(Math.max(2, width - widthOf(part.title) - 4))}`)];
    case "words":
      return markdownLines(part.text, width, style);
    case "deed":
      return wrap(`${name(part.who, style)} ${part.text}`, width);
    case "command":
      return [style("green", `$ ${part.line}`), ...part.output.split("\n").map((line) => `  ${line}`)];
    case "file":
      return fileLines(part.file, width, style);
    case "pull": {
      const { author, number, title } = part.pull;
      const head = wrap(`${name(author, style)} opens pull request #${number} “${title}”:`, width);
      return [...head, ...part.files.flatMap((file) => ["", ...fileLines(file, width, style)])];
    }
    case "check":
      return checkLines(part.check, width, style);
    case "issue":
      return box(issueHead(part.issue, style), markdownLines(issueText(part), width - 2, style), style);
    case "comment":
      return commentLines(part.comment, part.before, width, style);
  }
}

const name = (login: string, style: Style): string => style(["bold", "magenta"], login);

function fileLines({ path, before, text }: FileView, width: number, style: Style): string[] {
  const lines = before === null ? (actionItemsOf(text) ?? text.trimEnd().split("\n")) : changedLines(before, text);
  const bar = style("dim", "│");
  const shown = lines.flatMap((line) => wrap(line, width - 4)).map((line) => `  ${bar} ${line}`.trimEnd());
  return [`  ${style("dim", path)}`, ...shown];
}

function checkLines({ on, name, sign, title, summary, remarks }: CheckView, width: number, style: Style): string[] {
  const head = `${style("bold", `${sign} ${name}`)} on #${on.number}: ${title}`;
  const beside = remarks.flatMap(({ level, path, line, rule, message }) =>
    wrap([level, `${path}:${line}`, rule, message].filter((word) => word !== "").join(" · "), width - 2),
  );
  return box(head, [...markdownLines(summary, width - 2, style), ...(beside.length > 0 ? ["", ...beside] : [])], style);
}

function commentLines(comment: CommentView, before: string | null, width: number, style: Style): string[] {
  const does = before === null ? "comments on" : "edits its comment on";
  const head = `${name(comment.author, style)} ${does} #${comment.on.number} ${comment.on.title}`;
  const shown = before === null ? comment.body : changed(before, comment.body);
  return box(head, markdownLines(shown, width - 2, style), style);
}

const issueText = ({ issue, before }: Extract<Part, { kind: "issue" }>): string =>
  before === null ? issue.body : changed(before, issue.body);

/** Of an edited text what is new: its first line, the new rows of its tables (which are all alike) in one, and other new lines. */
function changed(before: string, after: string): string {
  const old = new Set(before.split("\n"));
  const lines = after.split("\n");
  const isRow = (line: string): boolean => line.startsWith("|");
  const rule = lines.findIndex((line) => /^\|[\s|:]*-[\s|:-]*\|$/.test(line));
  const heading = lines.slice(Math.max(0, rule - 1), rule + 1);
  const added = lines.slice(1).filter((line) => !old.has(line));
  const rows = added.filter(isRow);
  return [
    ...lines.slice(0, 1).filter((line) => !isRow(line)),
    "",
    ...(rows.length > 0 ? [...heading, ...rows] : []),
    "",
    ...added.filter((line) => !isRow(line)),
  ].join("\n");
}

function issueHead(issue: IssueView, style: Style): string {
  const labels = issue.labels.map(({ name }) => style("cyan", `[${name}]`)).join(" ");
  const assigned = issue.assignees.length > 0 ? `assigned to ${issue.assignees.join(", ")}` : "nobody assigned";
  return `${style("bold", `#${issue.number} ${issue.title}`)}  ${labels}  ${issue.state}, ${assigned}`;
}

function box(head: string, lines: readonly string[], style: Style): string[] {
  const edge = (character: string) => style("dim", character);
  return [`${edge("┌")} ${head}`, ...lines.map((line) => `${edge("│")} ${line}`.trimEnd()), edge("└")];
}

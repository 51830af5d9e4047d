/** A check run as GitHub shows it: its sign, what it says, and its annotations with level, line and rule. */
import { escapeHtml } from "./html.js";
import { foldedList } from "./page-parts.js";
import type { CheckView, RemarkView } from "./telling.js";

/** Annotations that are shown at once: on the page, and in a picture that stands alone. */
const REMARKS_SHOWN = { page: 2, alone: 4 };

/** `summary` is the HTML of what it says below its title; `placeOf` leads to a file on the page. */
export function checkHtml(
  check: CheckView,
  summary: string,
  placeOf: (path: string) => string,
  isAlone: boolean,
): string {
  const { on, name, sign, title, remarks } = check;
  const head = `${SIGNS[sign]} <b>${escapeHtml(name)}</b> on <a href="#issue-${on.number}">#${on.number}</a>: ${escapeHtml(title)}`;
  const text = summary === "" ? "" : `<div class="markdown">${summary}</div>`;
  const beside = remarks.map((remark) => remarkHtml(remark, placeOf));
  return `<article class="box"><header>${head}</header>${text}${foldedList("annotations", beside, isAlone ? REMARKS_SHOWN.alone : REMARKS_SHOWN.page, "more annotation")}</article>`;
}

/** As GitHub draws them: a tick on green, a square on grey, a cross on red. */
const SIGNS: Readonly<Record<CheckView["sign"], string>> = {
  "✓": icon(
    "success",
    '<circle cx="8" cy="8" r="8"/><path d="m4.3 8.3 2.5 2.5 5-5.2" fill="none" stroke="#fff" stroke-width="1.8"/>',
  ),
  "■": icon("neutral", '<rect x="1" y="1" width="14" height="14" rx="2"/><path d="M5 5h6v6H5z" fill="#fff"/>'),
  "✗": icon(
    "failure",
    '<circle cx="8" cy="8" r="8"/><path d="m5 5 6 6m0-6-6 6" fill="none" stroke="#fff" stroke-width="1.8"/>',
  ),
};

const LEVEL_ICONS: Readonly<Record<RemarkView["level"], string>> = {
  failure: icon("failure", '<path d="M5 0h6l5 5v6l-5 5H5l-5-5V5z"/><path d="M7 3.5h2v6H7zm0 7.5h2v2H7z" fill="#fff"/>'),
  warning: icon("warning", '<path d="M8 1 16 15H0z"/><path d="M7.1 5.5h1.8V10H7.1zm0 5.6h1.8v1.8H7.1z" fill="#fff"/>'),
  notice: icon("notice", '<circle cx="8" cy="8" r="8"/><path d="M7.1 7h1.8v5.5H7.1zm0-3.5h1.8v1.8H7.1z" fill="#fff"/>'),
};

function icon(kind: string, paths: string): string {
  return `<svg class="icon ${kind}" viewBox="0 0 16 16" role="img" aria-label="${kind}">${paths}</svg>`;
}

/** What GitHub writes beside the line: how much it weighs, where it is, which rule said it, and what; the last as plain text. */
function remarkHtml({ level, path, line, rule, message }: RemarkView, placeOf: (path: string) => string): string {
  const where = `Check ${level} on line ${line} in <a href="${placeOf(path)}">${escapeHtml(path)}</a>`;
  const name = rule === "" ? "" : `<b>${escapeHtml(rule)}</b>`;
  return `${LEVEL_ICONS[level]}<p>${where}</p>${name}<p class="message">${escapeHtml(message)}</p>`;
}

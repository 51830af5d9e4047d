/** The pieces GitHub's pages are made of: avatars, labels, cards, lists. All take plain text and give HTML. */
import { createHash } from "node:crypto";
import { dateIn } from "../src/calendar.js";
import { count, day } from "../src/render/words.js";
import { escapeHtml } from "./html.js";
import type { IssueView } from "./telling.js";

const isBot = (login: string): boolean => login.endsWith("[bot]");

/** A disc with initials, in a colour of the login's own; the App's is square, as Apps' are. */
export function avatar(login: string): string {
  const hue = createHash("sha256").update(login).digest().readUInt16BE(0) % 360;
  const shape = isBot(login)
    ? '<rect width="20" height="20" rx="4" fill="#1f6feb"/>'
    : `<circle cx="10" cy="10" r="10" fill="hsl(${hue} 45% 42%)"/>`;
  const letters = isBot(login) ? "✓" : login.slice(0, 2).toUpperCase();
  return `<svg class="avatar" viewBox="0 0 20 20" role="img" aria-label="${escapeHtml(login)}">${shape}<text x="10" y="10" dy=".36em" text-anchor="middle">${escapeHtml(letters)}</text></svg>`;
}

/** A login as GitHub names its writers; an App goes by its name and says what it is. */
export function person(login: string): string {
  if (!isBot(login)) return `<b>${escapeHtml(login)}</b>`;
  return `<b>${escapeHtml(login.replace("[bot]", ""))}</b> <span class="bot">bot</span>`;
}

/** A box with who wrote it on top. `does` is HTML. */
export function posted(author: string, does: string, at: Date, body: string): string {
  return `<article class="box"><header>${avatar(author)} ${person(author)} ${does} on ${dayOf(at)}</header><div class="markdown">${body}</div></article>`;
}

const STATES: Record<IssueView["state"], string> = { open: "Open", closed: "Closed", merged: "Merged" };

/** An issue: title, state, labels, assignees, and of its body (HTML) the whole, or what an edit changed. */
export function issueCard(issue: IssueView, body: string, isEdit = false): string {
  const { number, title, state, labels, assignees, author, at } = issue;
  const side = [...labels.map(label), ...assignees.map((login) => `${avatar(login)} ${escapeHtml(login)}`)].join(" ");
  return `<div class="issue"><h3>${escapeHtml(title)} <span class="number">#${number}</span></h3>
<p class="meta"><span class="state ${state}">${STATES[state]}</span> ${side}</p>
${body === "" ? "" : posted(author, isEdit ? "edited this" : "opened this", at, body)}</div>`;
}

/** A list of which only the first are shown before it is unfolded: `noun` names the others. One more would save nothing. */
export function foldedList(kind: string, rows: readonly string[], shown: number, noun: string): string {
  if (rows.length === 0) return "";
  const list = (some: readonly string[]) => `<ul>${some.map((row) => `<li>${row}</li>`).join("\n")}</ul>`;
  const cut = rows.length <= shown + 1 ? rows.length : shown;
  return `<div class="${kind}">${list(rows.slice(0, cut))}${folded(list(rows.slice(cut)), `and ${count(rows.length - cut, noun)}`, cut < rows.length)}</div>`;
}

const folded = (html: string, summary: string, isThere: boolean): string =>
  isThere ? `<details><summary>${summary}</summary>${html}</details>` : "";

/** Blocks that are no more than what unfolds them. */
const LITTLE = 2;

/** Blocks of a text of which only the first are shown before it is unfolded; a heading stays with what it is for. */
export function foldedBlocks(blocks: readonly string[], shown: number): string {
  const isText = (block: string | undefined): boolean => block?.startsWith("<p>") ?? false;
  let cut = shown;
  const next = blocks.slice(cut).find((block) => !isText(block));
  if (next !== undefined) while (cut > 1 && isText(blocks[cut - 1])) cut--;
  if (blocks.length <= cut + LITTLE) return blocks.join("");
  const rest = blocks.slice(cut).join("");
  return `${blocks.slice(0, cut).join("")}${folded(rest, "the rest of it", true)}`;
}

function label({ name, color }: { readonly name: string; readonly color: string }): string {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  // The usual weights of the colours' brightness: https://www.w3.org/TR/AERT/#color-contrast
  const isBright = 0.299 * red + 0.587 * green + 0.114 * blue > 150;
  return `<span class="label" style="background:#${color};color:${isBright ? "#1f2328" : "#fff"}">${escapeHtml(name)}</span>`;
}

const dayOf = (at: Date): string => day(dateIn("UTC", at));

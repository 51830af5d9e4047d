/**
 * An item's details, as they stand under the facts of its tracking issue: lists, quotes and code keep their form, and nothing
 * in them notifies, links, shows an image, hides or ends what stands around it.
 */
import { CUT_LINE } from "../text.js";
import { inert, inertCode } from "./inert.js";

const ZERO_WIDTH_SPACE = "\u200b";

/** Lists nest no deeper than this on GitHub without becoming hard to read. */
const MAX_INDENT = 12;

const FENCE = /^\s*(`{3,}|~{3,})/;
const LINE = /^(\s*)((?:[-*+•]|\d{1,9}[.)])\s+)?(\[[ xX]\]\s+)?(.*)$/;

/** Markdown for `details`; `rest`: where all of it stands. */
export function detailsBlock(details: string, rest: string): string {
  const made: string[] = [];
  let closing: string | null = null;
  for (const line of details.split("\n")) {
    const [, mark = null] = FENCE.exec(line) ?? [];
    if (closing !== null) {
      const ends: boolean = mark?.startsWith(closing) === true && line.trim() === mark;
      made.push(ends ? OWN_FENCE : codeLine(line));
      if (ends) closing = null;
    } else if (mark !== null) {
      closing = mark;
      made.push(OWN_FENCE);
    } else if (line === CUT_LINE) {
      made.push("", `… [the rest stands in the postmortem](${rest})`);
    } else made.push(proseLine(line));
  }
  // What was cut within code leaves it open.
  if (closing !== null) {
    const cut = details.endsWith(`\n${CUT_LINE}`);
    made.push(OWN_FENCE, ...(cut ? ["", `… [the rest stands in the postmortem](${rest})`] : []));
  }
  return made.join("\n");
}

/** All code stands within this one; no line of it can close it, since {@link codeLine} parts what looks like it. */
const OWN_FENCE = "```";

/** Code as it is, but for what would close the fence or begin a comment, in which the App keeps its own data. */
const codeLine = (line: string): string =>
  line.replace(/^(\s*)`{3}/, `$1${ZERO_WIDTH_SPACE}\`\`\``).replace(/<!--/g, `<${ZERO_WIDTH_SPACE}!--`);

function proseLine(line: string): string {
  if (line.trim() === "") return "";
  const quote = /^\s*>\s?/.exec(line);
  if (quote !== null) return `> ${words(line.slice(quote[0].length).replace(/^[\s>]+/, ""))}`;
  const [, indent = "", mark, box, text = ""] = LINE.exec(line) ?? [];
  const sign = box === undefined ? "" : /x/i.test(box) ? "☑ " : "☐ ";
  const bullet = mark === undefined ? "" : /^\d/.test(mark) ? `${mark.trim()} ` : "- ";
  // Without a bullet, four spaces more than the text around would make code of it.
  const space = " ".repeat(Math.min(indent.replace(/\t/g, "    ").length, bullet === "" ? 2 : MAX_INDENT));
  return `${space}${bullet}${sign}${words(text.replace(/^#{1,6}\s+/, ""))}`;
}

/** A line's words: code stays code, marks of bold and images go, a link becomes its words and its address as text. */
function words(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => {
      if (/^`[^`]+`$/.test(part)) return inertCode(part.slice(1, -1));
      const plain = part
        .replace(/!\[([^[\]]{0,200})\]\([^()\s]{0,500}\)/g, "$1")
        .replace(/\[([^[\]]{1,200})\]\(([^()\s]{1,500})\)/g, "$1 ($2)")
        .replace(/\*\*|__/g, "");
      const [, before = "", kept = "", after = ""] = /^( ?)(.*?)( ?)$/.exec(plain) ?? [];
      return before + inert(kept) + after;
    })
    .join("");
}

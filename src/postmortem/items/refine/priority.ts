/** An item's priority, as the document writes it: `P1`, `High`, `Critical`. */
import { withoutEnd } from "../../../text.js";
import { anyOf, normalize } from "../../languages/index.js";

const NONE = new RegExp(`^(?:|${anyOf(({ priority }) => priority?.none)})$`);
const PRIORITY = new RegExp(
  `^(?:${anyOf(({ priority }) => priority?.numbered)})[ -]?\\d$|^(?:${anyOf(({ priority }) => priority?.words)})(?: (?:${anyOf(({ priority }) => priority?.behind)}))?$`,
  "i",
);
const DECORATION = /\p{Extended_Pictographic}|\uFE0F|\u200D|:[a-z_]+:/gu;

/** Obsidian Tasks' signs (https://publish.obsidian.md/tasks/Getting+Started/Priority), in words. */
const SIGNS: readonly (readonly [string, string])[] = [
  ["🔺", "Highest"],
  ["⏫", "High"],
  ["🔼", "Medium"],
  ["🔽", "Low"],
  ["⏬", "Lowest"],
];

/** The priority in a cell or value, a status in parentheses left aside. Emoji alone stand for themselves. */
export function readPriority(text: string | undefined): string | null {
  if (text === undefined) return null;
  const bare = text
    .trimEnd()
    .replace(/[([][^()[\]]*[)\]]$/, "")
    .trim();
  const words = withoutEnd(bare.replace(DECORATION, "").replace(/^[\s–—-]+/u, ""), /[\s–—-]/);
  if (NONE.test(normalize(bare)) && words === "")
    return signIn(bare)?.[1] ?? (/\p{Extended_Pictographic}/u.test(bare) ? bare : null);
  return NONE.test(normalize(words)) ? null : words;
}

const MAY_BE_SIGN = /[\u23eb\u23ec\ud83d]/;

/** A task sign in running text. */
export function signIn(text: string): readonly [string, string] | null {
  return !MAY_BE_SIGN.test(text) ? null : (SIGNS.find(([sign]) => text.includes(sign)) ?? null);
}

/** The text is nothing but a priority: "P1", "high priority". */
export function isPriority(text: string): boolean {
  return PRIORITY.test(text.trim());
}

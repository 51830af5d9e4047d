/**
 * Rules: why reading decides as it does. A rule has a name to speak of it by and a reason; a question is answered by a table of
 * rules, of which the first that holds decides.
 */

import type { ActionItem } from "./types.js";

export interface Rule {
  /** Its name, the only one of it among all rules of reading: `legend`. */
  readonly name: string;
  /** Why it decides so, in a short sentence: "the key to the marks used, not work". */
  readonly reason: string;
}

/** A rule that holds for some of what it is asked about. */
export interface Condition<Asked> extends Rule {
  holds(asked: Asked): boolean;
}

/** Lines of a document, 1-based. What is decided on the same one later replaces what was decided before. */
export interface Passage {
  readonly line: number;
  readonly endLine: number;
}

/**
 * What a rule makes of a passage: an action item, something said about items (a group's name, the names of columns, an owner's
 * line), or nothing.
 */
export type Verdict = "taken" | "used" | "turned down";

export interface PassageRule extends Rule {
  readonly verdict: Verdict;
}

/** As much of a section as is told: its title, what opened it, what its name is known for, and what it was judged to hold. */
export interface ToldSection {
  readonly title: { readonly text: string; readonly line: number };
  readonly origin: "document" | "heading" | "label" | "bullet";
  readonly opened: Rule;
  readonly name: { readonly kind: string | null; readonly rule: Rule };
  readonly state: "action" | "excluded" | "neutral";
  readonly judged: Rule;
  readonly sections: readonly ToldSection[];
}

/** Who wants to know what reading decides. */
export interface Trace {
  /** The document's text, its front matter included, and the sections found in it. */
  document(text: string, document: ToldSection): void;
  /** The document is a form, and not read for items. */
  form(rule: Rule): void;
  passage(passage: Passage, rule: PassageRule): void;
  /** A field of the item that `passage` may become was read from these words. */
  field(passage: Passage, field: ItemField, rule: Rule, words: string): void;
  /** `passage` became an item. */
  item(passage: Passage, item: ActionItem): void;
}

/** What an item is told to have; `ref` stands for its address too, and `owners` for the mentions among them. */
export type ItemField = Exclude<
  keyof ActionItem,
  "line" | "endLine" | "dueText" | "refUrl" | "refWithin" | "mentions" | "details" | "under" | "kind"
>;

/** Nobody does. */
export const UNHEARD: Trace = {
  document: () => {},
  form: () => {},
  passage: () => {},
  field: () => {},
  item: () => {},
};

/** The first of the rules that holds, else `otherwise`. */
export function decide<Asked, Decision extends Rule>(
  rules: readonly (Decision & Condition<Asked>)[],
  asked: Asked,
  otherwise: Decision,
): Decision {
  for (const rule of rules) if (rule.holds(asked)) return rule;
  return otherwise;
}

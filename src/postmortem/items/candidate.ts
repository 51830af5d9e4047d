/** What the readers of the shapes find and the refiners turn into action items. */
import type { ColumnRole } from "../languages/types.js";
import type { Rich } from "../markdown/rich.js";
import type { Section } from "../structure/sections.js";
import type { PassageRule, Rule, Trace } from "../trace.js";
import type { ActionType, ItemKind } from "../types.js";

/** Values stated for one item beside its text: a row's cells, or `Owner: …` lines. */
export type Fields = Partial<Readonly<Record<ColumnRole, Rich>>>;

/** The columns of a table, by what they hold, as the rules that give it. */
export type ColumnRules = Partial<Readonly<Record<ColumnRole, Rule>>>;

/** What stands above an item and holds for it. */
export interface Context {
  readonly section: Section;
  readonly group: string | null;
  /** The bullet it is nested under, whose owner and date hold for it too. */
  readonly parent: Candidate | null;
  /** Who a label above the item names, where it names somebody. */
  readonly owners: Rich | null;
  readonly done: boolean;
  readonly window: string | null;
  readonly type: ActionType | null;
  /** The names that say so. */
  readonly said: Partial<Readonly<Record<"group" | "owners" | "done" | "window" | "type", Rich>>>;
  /** Is told what is decided under it. */
  readonly trace: Trace;
}

/** A text that is an action item by where it stands; {@link refine} says whether it is one by what it says. */
export interface Candidate {
  readonly line: number;
  readonly endLine: number;
  /** The last line of its own text; what stands below, up to `endLine`, is details. None where a shape has no room for them. */
  readonly ownEnd?: number;
  readonly kind: ItemKind;
  /** What took it for an item. */
  readonly rule: PassageRule;
  readonly text: Rich;
  readonly fields: Fields;
  /** Of a row: the columns of its table. */
  readonly columns?: ColumnRules;
  /** Cells of no particular role, in which a status or reference may hide. */
  readonly others: readonly Rich[];
  /** Further paragraphs of the item, in which a reference may stand. */
  readonly more: readonly Rich[];
  /** The state of its box; null without one. */
  readonly checked: boolean | null;
  /** Most items beside it end with a name, so this one's last words are a name too. */
  readonly endsWithName: boolean;
  /** It and all beside it tell in the past what was done. */
  readonly toldAsPast?: true;
  readonly context: Context;
}

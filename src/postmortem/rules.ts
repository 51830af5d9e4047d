/** All rules of reading, for whoever speaks of them by name. */
import { UNREAD } from "./explain.js";
import { HEADING_RULES } from "./items/readers/heading.js";
import { YIELD_RULES } from "./items/readers/index.js";
import { BULLET, BULLET_RULES, LIST_RULES } from "./items/readers/list.js";
import { ENTRY_RULES, NO_TASK_RULES, NO_WORK_RULES, UNBOXED_RULE } from "./items/readers/not-work.js";
import { PROSE_RULES } from "./items/readers/prose.js";
import { TABLE_RULES } from "./items/readers/table.js";
import { ITEM_RULES } from "./items/refine/item.js";
import { LEAD_RULES } from "./items/refine/lead.js";
import { RUN_RULE } from "./items/refine/run.js";
import { TAIL_RULES } from "./items/refine/tail.js";
import { BEYOND } from "./read.js";
import { LINE_RULES, OPENING } from "./structure/labels.js";
import { MEANING_RULES } from "./structure/section-meaning.js";
import { NAME_RULES } from "./structure/section-name.js";
import { JUDGING_RULES } from "./structure/sections.js";
import { FORM_RULES } from "./structure/template.js";
import type { Rule } from "./trace.js";

export const READING_RULES: readonly Rule[] = [
  ...FORM_RULES,
  ...NAME_RULES,
  ...MEANING_RULES,
  ...Object.values(OPENING),
  ...LINE_RULES,
  ...JUDGING_RULES,
  ...YIELD_RULES,
  ...TABLE_RULES,
  ...NO_WORK_RULES,
  ...NO_TASK_RULES,
  ...ENTRY_RULES,
  UNBOXED_RULE,
  ...LIST_RULES,
  ...BULLET_RULES,
  ...Object.values(BULLET),
  ...HEADING_RULES,
  ...PROSE_RULES,
  ...ITEM_RULES,
  ...LEAD_RULES,
  RUN_RULE,
  ...TAIL_RULES,
  BEYOND,
  UNREAD,
];

/** All rules of reading, for whoever speaks of them by name. */
import { LINE_RULES, OPENING } from "./structure/labels.js";
import { NAME_RULES } from "./structure/section-name.js";
import { JUDGING_RULES } from "./structure/sections.js";
import { FORM_RULES } from "./structure/template.js";
import type { Rule } from "./trace.js";

export const READING_RULES: readonly Rule[] = [
  ...FORM_RULES,
  ...NAME_RULES,
  ...Object.values(OPENING),
  ...LINE_RULES,
  ...JUDGING_RULES,
];

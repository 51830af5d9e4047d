/**
 * Action items written as headings: `### 1) Clean up cron @ana` with prose or `Owner: …` lines below. A sub-heading that
 * only groups ("Short-term", "Platform team") is none.
 */

import { normalize, VERB } from "../../languages/index.js";
import type { Rich } from "../../markdown/rich.js";
import type { Section } from "../../structure/sections.js";
import type { Candidate, Context } from "../candidate.js";
import { type Field, readFieldLine, toFields } from "../fields.js";
import { groupOwners } from "../refine/owner.js";
import { isFieldList, splitFields } from "./list.js";
import { readFieldParagraph } from "./prose.js";

const NUMBERED = /^\s*(?:#?\d{1,2}\s*[.):–—-]|(?:action|item|task|step|ai)(?: item)?\s*#?\d{1,2}\b)/i;

/** Work named by a noun: "Removal of the old flag", "Enhancement of alerts". */
const NOMINAL = /^[a-z]{3,}(?:tion|ment|ing|val|ance|ence|grade) (?:of|to|for) \S/;

/** The item a section is, or null where it is a group of items. `listed`: lists or tables in it hold items of their own. */
export function readHeadingItem(section: Section, context: Context, listed: boolean): Candidate | null {
  const { title, name } = section;
  const fields = fieldsBelow(section);
  const stated = fields.some(({ role }) => role === "owner" || role === "due" || role === "status");
  if (listed && !stated) return null;
  if (!stated && !isWork(section)) return null;
  if (name.kind === "chronicle" || section.state === "excluded") return null;
  const { text, fields: own } = splitFields(title);
  const more = section.blocks.flatMap((block) => (block.kind === "paragraph" ? [block.text] : []));
  return {
    line: title.line,
    endLine: section.blocks.at(-1)?.endLine ?? title.line,
    kind: "heading",
    text,
    fields: toFields([...own, ...fields]),
    others: [],
    more: more.filter((paragraph) => !isFields(paragraph)),
    checked: null,
    endsWithName: false,
    context,
  };
}

/** The name itself is work: numbered, with an owner, or a phrase that begins with a verb or is too long for a group. */
function isWork({ name, title, origin }: Section): boolean {
  const text = title.text;
  if (
    name.window !== null ||
    name.topic ||
    (name.kind !== null && name.full) ||
    groupOwners(name, title, origin) !== null
  )
    return false;
  if (NUMBERED.test(text) || /(?:^|\s)@[\w-]/.test(text) || /^\W*(?:TODO|DONE)\b/.test(text)) return true;
  const label = normalize(name.label);
  return NOMINAL.test(label) || (VERB.any.test(label) && label.split(" ").length >= 2);
}

/** `Owner: …` lines and bullets below a heading. */
function fieldsBelow(section: Section): Field[] {
  return section.blocks.flatMap((block) => {
    if (block.kind === "paragraph") return readFieldParagraph(block) ?? [];
    if (block.kind === "list" && isFieldList(block.items))
      return block.items.flatMap(({ head }) => readFieldLine(head) ?? []);
    return [];
  });
}

const isFields = (paragraph: Rich): boolean => readFieldLine(paragraph) !== null;

/**
 * A candidate to an action item: its text is taken apart into owner, due date, status, priority, reference and type, and
 * what is left is the title. Null where nothing is left that is work: an empty box, a placeholder, a note.
 */

import { type DueContext, type DueReading, findDue, readDueCell } from "../../due/index.js";
import { normalize } from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import { type Rich, sliceRich, wholly } from "../../markdown/rich.js";
import { isPlaceholder } from "../../structure/placeholder.js";
import { saysNothing, typeOf } from "../../structure/section-name.js";
import type { ActionItem } from "../../types.js";
import type { Candidate } from "../candidate.js";
import { findInlineFields } from "../fields.js";
import { MAX_LENGTH } from "../readers/cut.js";
import { Draft, toTitle } from "./draft.js";
import { addOwners, type Facts, noFacts } from "./facts.js";
import { readLead } from "./lead.js";
import { MENTION, readOwners } from "./owner.js";
import { readPriority } from "./priority.js";
import { findReference, isPointer, readReference, referenceOf } from "./reference.js";
import { findShoutedStatus, readStatus, readStatusWords } from "./status.js";
import { readTail } from "./tail.js";

/** What became of a candidate. */
export type Refined = { readonly item: ActionItem } | { readonly skipped: "empty" | "note" | "placeholder" };

/** Whether the text of a candidate is read in part only; a title is never longer. */
export const isTooLong = ({ text }: Candidate): boolean => text.text.length > MAX_LENGTH;

/** Refines one candidate. `due` carries what dates are read against. */
export function refine(candidate: Candidate, due: DueContext): Refined {
  const text = isTooLong(candidate) ? sliceRich(candidate.text, 0, MAX_LENGTH) : candidate.text;
  const draft = new Draft(text);
  const facts = noFacts();
  fromFields(candidate, facts);
  if (wholly(text, "delete")) facts.done ??= true;
  readLead(draft, facts);
  const fields = takeInlineFields(draft, text, facts);
  const dueReading = readDue(candidate, fields, draft, due);
  readTail(draft, facts, candidate.endsWithName);
  takeMentions(draft, facts);
  findAnyReference(candidate, draft, facts);
  const title = toTitle(draft);
  const verdict = judge(title, text.text, facts);
  if (verdict !== null) return { skipped: verdict };
  return { item: assemble(candidate, facts, dueReading, title || (facts.ref ?? "")) };
}

function fromFields({ fields, others, checked }: Candidate, facts: Facts): void {
  if (checked !== null) facts.done = checked;
  const { status, finished } = fields;
  if (status !== undefined) facts.done = readStatus(status.text) ?? facts.done;
  if (finished !== undefined && /\d|^(?:yes|y|x|✓|done|[✅✔☑])/iu.test(finished.text)) facts.done = true;
  addOwners(facts, readOwners(fields.owner));
  facts.priority = readPriority(fields.priority?.text);
  if (fields.priority !== undefined) facts.done ??= inBrackets(fields.priority.text);
  setReference(facts, readReference(fields.ref));
  if (fields.type !== undefined) facts.type = typeOf(normalize(fields.type.text));
  for (const cell of [fields.ref, fields.owner, fields.due, fields.status, ...others]) {
    if (cell === undefined) continue;
    facts.done ??= findShoutedStatus(cell.text) ?? (cell === fields.ref ? afterDash(cell.text) : null);
  }
}

/** The status in "#12 — complete". */
function afterDash(text: string): boolean | null {
  const words = /(?:\s[-–—]+|[,;:])\s+(?=\S)([^–—,;:]+)$/u.exec(text)?.[1];
  return words === undefined ? null : readStatusWords(words);
}

/** The status in "P0 (Done)". */
function inBrackets(text: string): boolean | null {
  const inner = /[([]([^()[\]]+)[)\]]\s*$/.exec(text)?.[1];
  return inner === undefined ? null : readStatus(inner);
}

function setReference(facts: Facts, found: ReturnType<typeof findReference>): void {
  if (found === null || facts.ref !== null) return;
  facts.ref = found.ref;
  facts.refUrl = found.url;
}

/** `(Owner: Ana, Priority: High)` within the text. Gives the due value, which is read with all other due statements. */
function takeInlineFields(draft: Draft, text: Rich, facts: Facts): Partial<Record<ColumnRole, Rich>> {
  const left: Partial<Record<ColumnRole, Rich>> = {};
  for (const { role, value, start, end } of findInlineFields(text)) {
    if (start < draft.start) continue;
    if (role === "owner") addOwners(facts, readOwners(value));
    else if (role === "status") facts.done ??= readStatus(value.text);
    else if (role === "priority") facts.priority ??= readPriority(value.text);
    else if (role === "type") facts.type ??= typeOf(normalize(value.text));
    else if (role === "ref") {
      const found = readReference(value);
      if (found === null) continue;
      setReference(facts, found);
    } else left[role] = value;
    draft.take(start, end);
  }
  return left;
}

function readDue(
  candidate: Candidate,
  inline: Partial<Record<ColumnRole, Rich>>,
  draft: Draft,
  due: DueContext,
): DueReading | null {
  const stated = candidate.fields.due ?? inline.due;
  const reading = stated === undefined ? null : readDueCell(stated.text, due);
  if (reading !== null) return reading;
  if (candidate.fields.due !== undefined) return null;
  const found = findDue(draft.text.replaceAll("\uE000", " "), due);
  if (found === null) return null;
  draft.take(found.start, found.end);
  return found.reading;
}

/** Mentions left in the text name the owner. In code only at its end: `@reboot` and `@Version` amid a sentence are no people. */
function takeMentions(draft: Draft, facts: Facts): void {
  if (facts.owners.length > 0 || !draft.text.includes("@")) return;
  for (const match of draft.text.matchAll(MENTION)) {
    const [whole, name = ""] = match;
    const end = match.index + whole.length;
    const last = /^[\s\uE000.)\]]*$/.test(draft.text.slice(end));
    const code = draft.spans.some((span) => span.kind === "code" && span.start <= match.index && end <= span.end);
    if (code && !last) continue;
    addOwners(facts, { owners: [name], mentions: [name] });
    if (last) draft.take(match.index, end);
  }
}

/** Failing a reference at the edges of the text: the last link to a tracker in it, then in its further paragraphs and other cells. */
function findAnyReference(candidate: Candidate, draft: Draft, facts: Facts): void {
  if (facts.ref !== null) return;
  for (const span of [...draft.spans].reverse()) {
    if (span.kind !== "link") continue;
    const found = referenceOf(candidate.text.text, span);
    if (found === null) continue;
    setReference(facts, found);
    if (isPointer(draft.slice(span.start, span.end))) draft.take(span.start, span.end);
    return;
  }
  for (const paragraph of candidate.more) {
    if (facts.ref !== null) return;
    for (const span of paragraph.spans) {
      if (span.kind === "link") setReference(facts, referenceOf(paragraph.text, span));
    }
  }
  const { fields, others } = candidate;
  for (const cell of [fields.due, fields.status, ...others]) {
    if (cell !== undefined) setReference(facts, findReference(cell));
  }
}

const NOTE =
  /^(?:both|all|same|same as above|ditto|see above|as above|idem|dito|alle|todos|beide)(?: of (?:these|the above|them))?$/;

/** Why a text is no item, or null. A text that is only a reference is one: it is called by the reference. */
function judge(title: string, text: string, facts: Facts): "empty" | "note" | "placeholder" | null {
  if (title === "") return facts.ref === null || text.trim() === "" ? "empty" : null;
  if (NOTE.test(normalize(title))) return "note";
  if (!/[\p{L}\p{N}]/u.test(title) || saysNothing(title)) return "empty";
  return isPlaceholder(title) || isPlaceholder(text.trim()) ? "placeholder" : null;
}

function assemble(candidate: Candidate, facts: Facts, due: DueReading | null, title: string): ActionItem {
  const { context } = candidate;
  if (facts.owners.length === 0 && context.owners !== null) addOwners(facts, readOwners(context.owners));
  return {
    line: candidate.line,
    endLine: Math.max(candidate.line, candidate.endLine),
    title,
    owners: facts.owners,
    mentions: facts.mentions,
    due: due?.kind === "date" ? due.date : null,
    dueText: due?.text ?? null,
    done: facts.done ?? context.done,
    priority: facts.priority,
    ref: facts.ref,
    refUrl: facts.refUrl,
    group: context.group,
    kind: candidate.kind,
    type: facts.type ?? context.type,
    window: context.window,
  };
}

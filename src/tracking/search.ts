/** Finds postmortems and action items by their words and facts. */
import type { PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import { foldAccents } from "../postmortem/languages/work.js";
import { namedOwners } from "./owners.js";
import { isToDo } from "./summary.js";
import type { TrackedDocument, TrackedItem } from "./types.js";

/** A document with what is tracked of it. */
export interface Searched {
  readonly document: TrackedDocument;
  readonly items: readonly TrackedItem[];
  /** Who the names in it are. */
  readonly policy: Pick<Policy, "owners">;
}

/** What is asked for: all of it must hold. Facts are compared without case and accents, and may be told in part. */
export interface Query {
  readonly words: readonly string[];
  /** Only items that are open (overdue and snoozed ones too). */
  readonly open?: boolean;
  /** Only items that somebody is assigned to, or is named for and was not taken off. */
  readonly owner?: string | undefined;
  readonly service?: string | undefined;
  readonly severity?: string | undefined;
  readonly tag?: string | undefined;
  /** Only incidents on or after this day. */
  readonly since?: PlainDate | undefined;
}

/** A document that was found (`item` null), or an item of it. */
export interface Hit {
  readonly document: TrackedDocument;
  readonly item: TrackedItem | null;
}

/** What holds all that is asked for: the most words in titles first, then the newest incidents. */
export function search(all: readonly Searched[], query: Query, today: PlainDate): Hit[] {
  const words = query.words.flatMap(wordsOf);
  const hits = all
    .filter(({ document }) => isAskedFor(document, query))
    .flatMap((one) => hitsIn(one, query, today).map((hit) => ({ hit, ...textOf(hit) })));
  return hits
    .filter(({ title, facts }) => words.every((word) => holds(title, word) || holds(facts, word)))
    .map(({ hit, title }) => ({ hit, inTitle: words.filter((word) => holds(title, word)).length }))
    .sort(
      (a, b) =>
        b.inTitle - a.inTitle ||
        compare(dateOf(b.hit), dateOf(a.hit)) ||
        compare(a.hit.document.path, b.hit.document.path),
    )
    .map(({ hit }) => hit);
}

function hitsIn({ document, items, policy }: Searched, query: Query, today: PlainDate): Hit[] {
  const { open, owner } = query;
  const found = items.filter(
    (item) => (!open || isToDo(item, today)) && (owner === undefined || isOwnedBy(item, policy, owner)),
  );
  // A postmortem has neither state nor owner.
  const itself = open || owner !== undefined ? [] : [{ document, item: null }];
  return [...itself, ...found.map((item) => ({ document, item }))];
}

function isAskedFor({ incident }: TrackedDocument, { service, severity, tag, since }: Query): boolean {
  const { date, services, tags } = incident;
  return (
    (service === undefined || services.some((one) => isPart(one, service))) &&
    (tag === undefined || tags.some((one) => isPart(one, tag))) &&
    (severity === undefined || (incident.severity !== null && isPart(incident.severity, severity))) &&
    (since === undefined || (date !== null && date >= since))
  );
}

function isOwnedBy(item: TrackedItem, policy: Searched["policy"], owner: string): boolean {
  const plain = owner.replace(/^@/, "");
  return [...namedOwners(item, policy), ...(item.issue?.assignees ?? [])].some((one) => isPart(one, plain));
}

/** An item is found by its own words; the words of its document alone would bring up all of its items. */
function textOf({ document, item }: Hit): { title: string[]; facts: string[] } {
  if (item) {
    const title = wordsOf(`${item.base.title} ${item.issue?.title ?? ""}`);
    return { title, facts: wordsOf([...item.base.owners, item.base.priority ?? "", item.base.ref ?? ""].join(" ")) };
  }
  const { incident, path, title } = document;
  const facts = [path, incident.id, incident.severity, ...incident.services, ...incident.tags];
  return { title: wordsOf(title ?? ""), facts: wordsOf(facts.join(" ")) };
}

const wordsOf = (text: string): string[] => foldAccents(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const holds = (words: readonly string[], word: string): boolean => words.some((one) => one.startsWith(word));
const isPart = (whole: string, part: string): boolean => foldAccents(whole).includes(foldAccents(part));
const dateOf = ({ document }: Hit): string => document.incident.date ?? "";
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Keeps what is read of a document to a length that fits into an issue's body and its marker, which GitHub refuses above
 * 65,536 characters. Cut once, before anything is decided, so that marker, store and document always agree.
 */
import type { ActionItem, Postmortem } from "../postmortem/types.js";
import { shorten } from "../text.js";

const MOST_OWNERS = 20;
const MOST_NAMES = 10;

/** The postmortem with over-long texts cut (`…` at their end) and over-long lists shortened; most come back as they are. */
export function bounded(postmortem: Postmortem): Postmortem {
  const { title, incident, items } = postmortem;
  return {
    ...postmortem,
    title: cut(title, 300),
    incident: {
      ...incident,
      id: cut(incident.id, 100),
      severity: cut(incident.severity, 50),
      services: cutAll(incident.services, MOST_NAMES, 60),
      tags: cutAll(incident.tags, MOST_NAMES, 60),
    },
    items: items.map(boundedItem),
  };
}

function boundedItem(item: ActionItem): ActionItem {
  return {
    ...item,
    title: shorten(item.title, 2_000),
    owners: cutAll(item.owners, MOST_OWNERS, 100),
    mentions: cutAll(item.mentions, MOST_OWNERS, 100),
    dueText: cut(item.dueText, 100),
    priority: cut(item.priority, 50),
    ref: cut(item.ref, 300),
    // Half an address is none.
    refUrl: item.refUrl !== null && item.refUrl.length > 500 ? null : item.refUrl,
    group: cut(item.group, 200),
    window: cut(item.window, 200),
  };
}

const cut = (text: string | null, length: number): string | null => (text === null ? null : shorten(text, length));

const cutAll = (texts: readonly string[], most: number, length: number): string[] =>
  texts.slice(0, most).map((text) => shorten(text, length));

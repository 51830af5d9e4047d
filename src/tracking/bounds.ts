/**
 * Keeps what is read of a document, and what happens to an item over the years, to a length that fits into an issue's body and
 * its marker, which GitHub refuses above 65,536 characters. Cut once, before it is stored or written anywhere, so that marker,
 * store and document always agree.
 */
import { type ActionItem, fullTitle, type Postmortem } from "../postmortem/types.js";
import { cutLines, oneLine, shorten } from "../text.js";
import type { Base, Former, Slip, TrackedItem } from "./types.js";

const MOST_OWNERS = 12;
const MOST_NAMES = 10;
const MOST_SLIPS = 10;
/** What details may take in an issue's body and its marker together. */
const ROOM_FOR_DETAILS = 4_600;

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
    title: shorten(fullTitle(item), 2_000),
    owners: cutAll(item.owners, MOST_OWNERS, 100),
    mentions: cutAll(item.mentions, MOST_OWNERS, 100),
    dueText: cut(item.dueText, 100),
    priority: cut(item.priority, 50),
    ref: cut(item.ref, 300),
    // Half an address is none.
    refUrl: item.refUrl !== null && item.refUrl.length > 500 ? null : item.refUrl,
    ...(item.details !== undefined && { details: cutDetails(item.details) }),
    group: cut(item.group, 200),
    window: cut(item.window, 200),
  };
}

/** Details from the beginning, as far as there is room; their last line is … where some are left out. */
function cutDetails(details: string): string {
  let room = ROOM_FOR_DETAILS;
  for (let at = 0; at < details.length; at++) {
    room -= roomOf(details.charAt(at));
    if (room < 0) return cutLines(details, at);
  }
  return details;
}

/** Characters that one takes at most, in the body and in the marker, where each is written in its own escaped way. */
function roomOf(character: string): number {
  if (/[\p{L}\p{N} \p{Surrogate}]/u.test(character)) return 2;
  return /[<>&\p{Cc}-]/u.test(character) && character !== "\n" ? 11 : 4;
}

const cut = (text: string | null, length: number): string | null => (text === null ? null : shorten(text, length));

const cutAll = (texts: readonly string[], most: number, length: number): string[] =>
  texts.slice(0, most).map((text) => shorten(text, length));

/** What an item's words now and before may take in its marker together. */
const ROOM_FOR_WORDS = 12_000;

/** What an item was before its words changed to those of `now`; null where that is too long to be kept beside them. */
export function boundedFormer(former: Former, now: Base): Former | null {
  let room = ROOM_FOR_WORDS;
  for (const character of JSON.stringify([former.base, now])) room -= roomOf(character);
  return room >= 0 ? former : null;
}

/** The slip ledger of an item. */
export type SlipLedger = Pick<TrackedItem, "slips" | "slipsLeftOut">;

/** The ledger with one more move. Of more than ten it keeps the first and the newest nine, and counts those between. */
export function withSlip({ slips, slipsLeftOut }: SlipLedger, slip: Slip): SlipLedger {
  const [first, ...later] = [...slips, { ...slip, why: cut(slip.why && oneLine(slip.why), 120) }];
  const newest = later.slice(-(MOST_SLIPS - 1));
  return {
    slips: first ? [first, ...newest] : newest,
    slipsLeftOut: slipsLeftOut + later.length - newest.length,
  };
}

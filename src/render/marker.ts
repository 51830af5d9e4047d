/**
 * Markers: what the App remembers inside the things it wrote, in HTML comments that readers do not see.
 *
 *   <!-- follow-through:begin -->
 *   … the managed section of an issue's body …
 *   <!-- follow-through:item {"v":2,"id":"k3v9…", …} -->
 *
 * A marker counts only in something the App's bot wrote (the caller checks the author) and only in its place. Document
 * text is made inert before it is written, so it cannot forge one. Nothing is signed: rotating keys orphans nothing.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Nudge, TrackedDocument, TrackedItem } from "../tracking/types.js";

export const BEGIN = "<!-- follow-through:begin -->";

/** The kinds of marker; `item`, `status`, `nudge`, `link` and `digest` name what they stand in. */
export type MarkerKind = "item" | "adopted" | "status" | "link" | "nudge" | "reply" | "digest" | "digest-week";

/**
 * Of the markers that are written here; older ones are read too. To be raised where an older version could not carry what a
 * marker says; 2 brought what commands ask for.
 */
const VERSION = 2;

/** A marker as text. The data is JSON without `<`, `>` or `--`, so that it can neither end the comment nor open another. */
export function marker(kind: MarkerKind, data: object): string {
  const json = JSON.stringify({ v: VERSION, ...data })
    .replace(/</g, "\\u003c")
    .replace(/>/g, "\\u003e")
    .replace(/--/g, "-\\u002d");
  return `<!-- follow-through:${kind} ${json} -->`;
}

/**
 * The data of the last marker of a kind that stands on a line of its own; null where there is none, it is broken, or of a
 * newer version.
 */
export function markerData(body: string, kind: MarkerKind): unknown {
  const data = markersIn(body).findLast((found) => found.kind === kind)?.data;
  return data === undefined || isNewer(data) ? null : data;
}

/** Whether a newer version of the App wrote this: it may say what this one would lose by writing it anew. */
export function isFromNewer(body: string): boolean {
  return markersIn(splitBody(body).managed ?? body).some(({ data }) => isNewer(data));
}

function isNewer(data: unknown): boolean {
  return typeof data === "object" && data !== null && "v" in data && typeof data.v === "number" && data.v > VERSION;
}

function markersIn(body: string): { kind: string; data: unknown }[] {
  return body.split(/\r?\n/).flatMap((line) => {
    const [, kind, json] = /^<!-- follow-through:([a-z-]+) (.*) -->\s*$/s.exec(line) ?? [];
    return kind && json !== undefined ? [{ kind, data: parsed(json) }] : [];
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/**
 * What of a tracked item stands in its marker: all but what the issue itself shows, what would change with every edit
 * elsewhere in the document (its order, the newest commit), and the nudges, which carry markers of their own.
 */
export interface ItemMarker {
  readonly item: Omit<
    TrackedItem,
    "issue" | "written" | "documentId" | "repositoryId" | "ordinal" | "nudges" | "conflicts" | "nextNudgeOn" | "heard"
  > & {
    /** Missing in a marker from before there were commands: what was written until then was not meant for the App. */
    readonly heard?: TrackedItem["heard"] | undefined;
    readonly written: Omit<NonNullable<TrackedItem["written"]>, "hash"> | null;
  };
  readonly document: Omit<TrackedDocument, "repositoryId" | "blob" | "problems" | "commit">;
}

const day = z.string().nullable();
const strings = z.array(z.string());

const documentSchema = z.object({
  id: z.string(),
  firstPath: z.string(),
  path: z.string(),
  title: z.string().nullable(),
  incident: z.object({
    id: z.string().nullable(),
    date: day,
    severity: z.string().nullable(),
    services: strings,
    tags: strings,
  }),
  home: z.number().nullable(),
  author: z.string().nullable(),
  removedOn: day,
  held: z.enum(["old", "many"]).nullable(),
});

const itemSchema = z.object({
  id: z.string(),
  base: z.object({
    title: z.string(),
    owners: strings,
    mentions: strings,
    due: day,
    dueText: z.string().nullable(),
    done: z.boolean(),
    priority: z.string().nullable(),
    ref: z.string().nullable(),
    refUrl: z.string().nullable(),
    group: z.string().nullable(),
    type: z.enum(["prevent", "detect", "mitigate", "process"]).nullable(),
    window: z.string().nullable(),
  }),
  place: z.object({ commit: z.string(), path: z.string(), line: z.number(), endLine: z.number() }),
  due: day,
  dueOrigin: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("stated"), text: z.string() }),
    z.object({ kind: z.literal("window"), text: z.string() }),
    z.object({ kind: z.literal("priority"), priority: z.string() }),
    z.object({ kind: z.literal("severity"), severity: z.string() }),
    z.object({ kind: z.literal("default"), days: z.number() }),
    z.object({ kind: z.literal("command"), by: z.string(), was: day, document: day }),
    z.object({ kind: z.literal("none") }),
  ]),
  originalDue: day,
  slips: z.array(
    z.object({ on: z.string(), from: day, to: day, by: z.string().nullable(), why: z.string().nullable() }),
  ),
  slipsLeftOut: z.number().default(0),
  // Markers from before there were commands lack these three.
  snoozes: z
    .array(z.object({ on: z.string(), until: z.string(), by: z.string(), why: z.string().nullable() }))
    .default([]),
  waiver: z.object({ on: z.string(), by: z.string(), why: z.string(), until: day }).nullable().default(null),
  heard: z.object({ id: z.number(), at: z.string() }).nullable().optional(),
  openedOn: day,
  leftOn: day,
  written: z.object({ title: z.string(), assignees: strings, open: z.boolean() }).nullable(),
});

/** The marker of a tracking issue (`item`) or of the App's comment on an adopted one (`adopted`). */
export function itemMarker(kind: "item" | "adopted", item: TrackedItem, document: TrackedDocument): string {
  // The schemas keep just what belongs: parse drops every other field.
  return marker(kind, { document: documentSchema.parse(document), item: itemSchema.parse(item) });
}

/**
 * Reads an item's marker; null where there is none, or it is not one of ours (any more). In an issue's body the one of the
 * managed section counts, so that one pasted below it does not; where a fence was deleted, whichever is left.
 */
export function parseItemMarker(kind: "item" | "adopted", body: string): ItemMarker | null {
  const place = (kind === "item" && splitBody(body).managed) || body;
  const result = z.object({ item: itemSchema, document: documentSchema }).safeParse(markerData(place, kind));
  return result.success ? result.data : null;
}

/** A comment of hundreds of documents must still fit; those with a tracking issue are found again by its marker anyway. */
const MAX_STATUS_MARKER = 20_000;

/** The marker of a status comment: the documents it speaks of, so that one without a tracking issue is found again too. */
export function statusMarker(documents: readonly TrackedDocument[]): string {
  const made = marker("status", { documents: documents.map((document) => documentSchema.parse(document)) });
  const fits = made.length <= MAX_STATUS_MARKER || documents.length < 2;
  return fits ? made : statusMarker(documents.slice(0, Math.floor(documents.length / 2)));
}

export function parseStatusMarker(body: string): ItemMarker["document"][] | null {
  const result = z.object({ documents: z.array(documentSchema) }).safeParse(markerData(body, "status"));
  return result.success ? result.data.documents : null;
}

export function nudgeMarker(itemId: string, nudge: Nudge): string {
  return marker("nudge", { item: itemId, ...nudge });
}

export function parseNudgeMarker(body: string): (Nudge & { item: string }) | null {
  const result = z.object({ item: z.string(), n: z.number(), on: z.string() }).safeParse(markerData(body, "nudge"));
  return result.success ? result.data : null;
}

/** A comment's key as its marker carries it (`week`, `pull` …), for finding it again. */
export function markerKey(body: string, kind: MarkerKind): string | null {
  const result = z.object({ key: z.string() }).safeParse(markerData(body, kind));
  return result.success ? result.data.key : null;
}

/** A whole marker of an item on a line of its own; `.` would stop at U+2028, which JSON leaves as it is. */
const ITEM_LINE = /^<!-- follow-through:item [^\n]* -->/gm;

/**
 * A body cut into the managed section and what people wrote around it. The section is the shortest that has both its
 * fences (`begin`, and the item's marker): whatever a person left of an older one is theirs, and never swallowed.
 */
export function splitBody(body: string): { before: string; managed: string | null; after: string } {
  const text = body.replace(/\r\n/g, "\n");
  for (const { index, 0: line } of text.matchAll(ITEM_LINE)) {
    const begin = text.lastIndexOf(BEGIN, index);
    const end = index + line.length;
    if (begin >= 0) return { before: text.slice(0, begin), managed: text.slice(begin, end), after: text.slice(end) };
  }
  return { before: text, managed: null, after: "" };
}

/** The body with its managed section replaced; where a person deleted it or a fence of it, it comes back below their text. */
export function withManaged(body: string, managed: string): string {
  const { before, managed: old, after } = splitBody(body);
  if (old !== null) return `${before}${managed}${after}`;
  // A fence left alone would pair with one of the new section.
  const theirs = before.replaceAll(BEGIN, "").replace(ITEM_LINE, "").trimEnd();
  return theirs.trim() === "" ? managed : `${theirs}\n\n${managed}`;
}

/** A short fingerprint of a text, to see whether it would change. Line ends do not count: the web editor saves CRLF. */
export function fingerprint(text: string): string {
  return createHash("sha256").update(text.replace(/\r\n/g, "\n").trim()).digest("hex").slice(0, 16);
}

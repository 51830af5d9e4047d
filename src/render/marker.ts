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
import { addDays, type PlainDate } from "../calendar.js";
import { parseJson } from "../data.js";
import { isLogin } from "../logins.js";
import { shorten } from "../text.js";
import { LONGEST_MUTE_DAYS } from "../tracking/commands/mute.js";
import { isMinted } from "../tracking/identity.js";
import {
  heardSchema,
  nudgeSchema,
  documentSchema as trackedDocument,
  itemSchema as trackedItem,
  writtenSchema,
} from "../tracking/schemas.js";
import type { Nudge, TrackedDocument, TrackedItem } from "../tracking/types.js";

export const BEGIN = "<!-- follow-through:begin -->";

/** The kinds of marker; `item`, `status`, `nudge`, `link` and `digest` name what they stand in. */
export type MarkerKind =
  | "item"
  | "adopted"
  | "status"
  | "link"
  | "closing"
  | "nudge"
  | "reply"
  | "mute"
  | "review"
  | "digest"
  | "digest-week"
  | "organisation-digest"
  | "organisation-week";

/**
 * Of the markers that are written here; older ones are read too. To be raised where an older version could not carry what a
 * marker says; 2 brought what commands ask for.
 */
const VERSION = 2;

/** Versions are counted up one by one. What says to be far ahead is no newer version's work, but somebody's who edited it. */
const LAST_VERSION = 999;

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

/** Whether a newer version of the App wrote this: it may say what this one would lose by writing it again. */
export function isFromNewer(body: string): boolean {
  return markersIn(splitBody(body).managed ?? body).some(({ data }) => isNewer(data));
}

const newerSchema = z.object({
  v: z
    .int()
    .min(VERSION + 1)
    .max(LAST_VERSION),
});

const isNewer = (data: unknown): boolean => newerSchema.safeParse(data).success;

function markersIn(body: string): { kind: string; data: unknown }[] {
  return body.split(/\r?\n/).flatMap((line) => {
    const [, kind, json] = /^<!-- follow-through:([a-z-]+) (.*) -->\s*$/s.exec(line) ?? [];
    return kind && json !== undefined ? [{ kind, data: parsed(json) }] : [];
  });
}

/** GitHub takes no longer bodies, so this was put in by nobody. */
const MAX_BODY = 65_536;

function parsed(json: string): unknown {
  if (json.length > MAX_BODY) return null;
  try {
    return parseJson(json);
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
  readonly document: Omit<TrackedDocument, "repositoryId" | "blob" | "problems" | "commit" | "heard" | "unrelated">;
  /** Whether somebody edited it so that some of it cannot be, and was left out. */
  readonly edited: boolean;
}

const { shape: ofDocument } = trackedDocument;

/** In the order in which they are written: another would rewrite every issue. */
const documentSchema = z.object({
  id: ofDocument.id,
  firstPath: ofDocument.firstPath,
  path: ofDocument.path,
  title: ofDocument.title,
  incident: ofDocument.incident,
  home: ofDocument.home,
  author: ofDocument.author,
  removedOn: ofDocument.removedOn,
  held: ofDocument.held,
  copyOf: ofDocument.copyOf,
});

/** In a status comment, also which commands on its pull request were handled: no issue need be written for that. */
const toldDocumentSchema = documentSchema.extend({ heard: ofDocument.heard, unrelated: ofDocument.unrelated });

const { shape: ofItem } = trackedItem;

/** All of an item but what follows from its place and the rest, is GitHub's to show, or stands in markers of its own; in the schema's order. */
const itemSchema = trackedItem
  .omit({ documentId: true, repositoryId: true, ordinal: true, nudges: true, spared: true })
  .omit({ conflicts: true, issue: true, nextNudgeOn: true })
  .extend({
    // Markers from before there were commands lack it.
    heard: heardSchema.nullable().optional(),
    written: writtenSchema.nullable(),
  });

const bothSchema = z.object({ item: itemSchema, document: documentSchema });

function nothingAt(within: string, fields: readonly string[], nothing: unknown): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [`${within}.${field}`, nothing]));
}

/** The dates hang together: where one of them is no day, all are asked of the document again. */
const NO_DATES = {
  "item.base.due": null,
  "item.due": null,
  "item.dueOrigin": { kind: "none" },
  "item.originalDue": null,
};

/** Words of the document, which says them again when it is next read. */
const SAID_AGAIN = {
  ...nothingAt("item.base", ["dueText", "priority", "ref", "refUrl", "group", "type", "window"], null),
  ...nothingAt("item.base", ["owners", "mentions"], []),
  ...nothingAt("document", ["title", "incident.id", "incident.date", "incident.severity"], null),
  ...nothingAt("document", ["incident.services", "incident.tags"], []),
};

/** What an item may lack is left out where it cannot be. */
const OPTIONAL = Object.entries(itemSchema.shape)
  .filter(([, field]) => z.object({ field }).safeParse({}).success)
  .map(([field]) => [`item.${field}`, { [`item.${field}`]: undefined }] as const);

/**
 * What a marker may lack after somebody edited it, and what is put in its place: without the rest, nobody could tell which
 * item of which document it is. The item is still followed, so that none is opened in its place.
 */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...Object.fromEntries(OPTIONAL),
  ...Object.fromEntries(Object.keys(NO_DATES).map((path) => [path, NO_DATES])),
  ...Object.fromEntries(Object.entries(SAID_AGAIN).map(([path, nothing]) => [path, { [path]: nothing }])),
  "item.slips": { "item.slips": [], "item.slipsLeftOut": 0 },
  "item.openedOn": { "item.openedOn": null },
  "item.leftOn": { "item.leftOn": null },
  "item.written": { "item.written": null },
  "document.author": { "document.author": null },
  "document.removedOn": { "document.removedOn": null },
};

/** The marker of a tracking issue (`item`) or of the App's comment on an adopted one (`adopted`). */
export function itemMarker(kind: "item" | "adopted", item: TrackedItem, document: TrackedDocument): string {
  // The schemas keep just what belongs: parse drops every other field.
  return marker(kind, { document: documentSchema.parse(document), item: itemSchema.parse(item) });
}

/**
 * Reads an item's marker; null where there is none, or it cannot be one of ours (any more). In an issue's body the one of the
 * managed section counts, so that one pasted below it does not; where a fence was deleted, whichever is left. Whether it is of
 * this repository is the caller's to ask: {@link isOfRepository}.
 */
export function parseItemMarker(kind: "item" | "adopted", body: string): ItemMarker | null {
  const data = markerData((kind === "item" && splitBody(body).managed) || body, kind);
  const whole = bothSchema.safeParse(data);
  if (whole.success) return { ...whole.data, edited: false };
  const fixed = whole.error.issues.every(({ path }) => leaveOut(data, path)) ? bothSchema.safeParse(data) : null;
  return fixed?.success ? { ...fixed.data, edited: true } : null;
}

/** Takes what is wrong at `path` out of a marker's data, in place; false where it cannot do without. */
function leaveOut(data: unknown, path: readonly PropertyKey[]): boolean {
  const name = path.map((_, index) => path.slice(0, index + 1).join(".")).find((prefix) => LEFT_OUT[prefix]);
  if (name === undefined) return false;
  for (const [at, value] of Object.entries(LEFT_OUT[name] ?? {})) {
    const keys = at.split(".");
    const last = keys.pop() ?? "";
    const holder = keys.reduce<unknown>((inside, key) => (isRecord(inside) ? inside[key] : undefined), data);
    if (!isRecord(holder)) return false;
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  }
  return true;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Whether a document that a marker names is of the repository of this number: its id must be what that and its first path mint.
 * A marker can be copied, or made, to carry the ids of another repository's; it says nothing here.
 */
export function isOfRepository(document: Pick<TrackedDocument, "id" | "firstPath">, repositoryId: number): boolean {
  return isMinted(document, repositoryId);
}

/** A comment of hundreds of documents must still fit; those with a tracking issue are found again by its marker anyway. */
const MAX_STATUS_MARKER = 20_000;
/** Far more than fit. */
const MAX_DOCUMENTS = 1_000;
/** What a status comment says of items besides: some two hundred; of what is beyond, only the issues themselves tell. */
const MAX_OPENED = 25_000;
const MAX_OPENED_TITLE = 300;

/**
 * An item that has, or had, an issue. The issue may be deleted, transferred, or robbed of its marker: by this it is known even then that
 * one was opened, so that none is opened again.
 */
const openedSchema = z.object({
  id: ofItem.id,
  document: ofItem.documentId,
  title: ofItem.base.shape.title,
  group: ofItem.base.shape.group.optional(),
  line: ofItem.place.shape.line,
  issue: z.int().positive(),
  closedOn: ofItem.openedOn.optional(),
  closedAs: ofItem.issue.unwrap().shape.closedAs,
});

/** An item that has, or had, an issue, as a status comment's marker tells of it. */
export type OpenedItem = z.infer<typeof openedSchema>;

/**
 * The marker of a status comment: the documents it speaks of, so that one without a tracking issue is found again too, and which of
 * `items` have, or had, an issue.
 */
export function statusMarker(documents: readonly TrackedDocument[], items: readonly TrackedItem[] = []): string {
  const told = documentsThatFit(documents.map((document) => toldDocumentSchema.parse(document)));
  const opened = openedThatFit(items.flatMap(openedOf));
  return marker("status", { documents: told, ...(opened.length > 0 && { items: opened }) });
}

function documentsThatFit<T extends object>(documents: readonly T[]): readonly T[] {
  const fits = marker("status", { documents }).length <= MAX_STATUS_MARKER || documents.length < 2;
  return fits ? documents : documentsThatFit(documents.slice(0, Math.floor(documents.length / 2)));
}

function openedOf({ id, documentId, base, place, issue }: TrackedItem): OpenedItem[] {
  if (!issue) return [];
  const { number, closedOn, closedAs } = issue;
  const opened: OpenedItem = {
    id,
    document: documentId,
    title: shorten(base.title, MAX_OPENED_TITLE),
    ...(base.group !== null && { group: base.group }),
    line: place.line,
    issue: number,
    ...(closedOn !== null && { closedOn }),
    ...(closedAs && { closedAs }),
  };
  return [opened];
}

/** Those that are gone come first, since no issue tells of them. */
function openedThatFit(opened: readonly OpenedItem[]): OpenedItem[] {
  const rank = ({ closedAs }: OpenedItem) => (closedAs === "gone" ? 0 : 1);
  let length = 0;
  return [...opened]
    .sort((a, b) => rank(a) - rank(b) || a.issue - b.issue)
    .filter((one) => {
      length += marker("status", one).length;
      return length <= MAX_OPENED;
    });
}

/** What the marker of a status comment says. */
export interface StatusMarker {
  readonly documents: readonly (ItemMarker["document"] & Pick<TrackedDocument, "heard" | "unrelated">)[];
  readonly opened: readonly OpenedItem[];
  /** Whether somebody edited it so that some of it cannot be, and was left out. */
  readonly edited: boolean;
}

const statusSchema = z.object({
  documents: z.array(z.unknown()).max(MAX_DOCUMENTS),
  // Older markers lack it.
  items: z.array(z.unknown()).max(MAX_OPENED).default([]),
});

/** The documents that a status comment speaks of, and their items with issues; null where it is none. */
export function parseStatusMarker(body: string): StatusMarker | null {
  const result = statusSchema.safeParse(markerData(body, "status"));
  if (!result.success) return null;
  const documents = result.data.documents.flatMap((document) => toldDocumentSchema.safeParse(document).data ?? []);
  const opened = result.data.items.flatMap((item) => openedSchema.safeParse(item).data ?? []);
  const edited = documents.length < result.data.documents.length || opened.length < result.data.items.length;
  return { documents, opened, edited };
}

/** What the marker of an overdue comment says. `n`: of the item on whose issue it stands, or, of a question on the pull request, of the first it lists; `on`, `rung` and `ask`: of all. */
export interface NudgeMarker extends Nudge {
  readonly item: string;
  /** The items it lists, which count as nudged by it too, each with its own number. */
  readonly also: readonly { readonly item: string; readonly n: number }[];
  /** Whom it notifies, logins and teams in lower case. */
  readonly to: readonly string[];
}

/** Far more than a policy lets one comment list, or notify. */
const MAX_ALSO = 200;
const MAX_TO = 200;

/** Older markers lack the last two. */
const nudgeMarkerSchema = nudgeSchema.extend({
  item: ofItem.id,
  also: z
    .array(z.object({ item: ofItem.id, n: nudgeSchema.shape.n }))
    .max(MAX_ALSO)
    .default([]),
  to: z.array(z.string().max(200)).max(MAX_TO).default([]),
});

export function nudgeMarker({ item, n, on, rung, ask, also, to }: NudgeMarker): string {
  return marker("nudge", {
    item,
    n,
    on,
    ...(rung && { rung }),
    ...(ask && { ask }),
    ...(also.length > 0 && { also }),
    ...(to.length > 0 && { to }),
  });
}

export function parseNudgeMarker(body: string): NudgeMarker | null {
  return nudgeMarkerSchema.safeParse(markerData(body, "nudge")).data ?? null;
}

/** The nudges that an overdue comment is, each with its item. */
export const nudgesOf = ({ item, n, on, rung, ask, also, to }: NudgeMarker): { item: string; nudge: Nudge }[] =>
  [{ item, n }, ...also].map((told) => ({
    item: told.item,
    nudge: { n: told.n, on, ...(rung && { rung }), ...(ask && { ask }), ...(to.length > 0 && { to }) },
  }));

/** What a person said of their overdue comments, in the marker of the answer to it. */
export interface MuteMarker {
  /** In lower case. */
  readonly person: string;
  /** The first day on which they may be told again. */
  readonly until: PlainDate;
  /** ISO instant at which they said so. */
  readonly at: string;
}

const muteMarkerSchema = z
  .object({ person: z.string().refine(isLogin), until: z.iso.date(), at: heardSchema.shape.at })
  // Nobody is muted for ever by who edits a marker.
  .refine(({ until, at }) => until <= addDays(at.slice(0, 10), LONGEST_MUTE_DAYS + 1));

export const muteMarker = (said: MuteMarker): string => marker("mute", said);

export function parseMuteMarker(body: string): MuteMarker | null {
  return muteMarkerSchema.safeParse(markerData(body, "mute")).data ?? null;
}

/** What the keys of each kind look like. */
const KEYS = {
  link: z.string().regex(/^link:\d{1,15}$/),
  closing: z.string().regex(/^closing:\d{1,15}$/),
  reply: z.string().regex(/^(?:(?:reply|edit|self):\d{1,15}|refusal:\d{1,15}:[\w.-]{0,100})$/),
  review: z.string().regex(/^review:\d{1,15}$/),
  digest: z.literal("digest"),
  "digest-week": z.iso.date(),
  "organisation-digest": z.literal("organisation-digest"),
  "organisation-week": z.iso.date(),
} satisfies Partial<Record<MarkerKind, z.ZodType<string>>>;

/** A comment's key as its marker carries it (`week`, `pull` …), for finding it again. */
export function markerKey(body: string, kind: keyof typeof KEYS): string | null {
  const result = z.object({ key: KEYS[kind] }).safeParse(markerData(body, kind));
  return result.success ? result.data.key : null;
}

/** The rolling issues, each of which is written as a whole. */
export type RollingKind = "digest" | "organisation-digest";

/**
 * As which rolling issue an issue of the App's is marked; null where it is none. People can write a marker into any of them, so one that is marked as an
 * item's is no other, and of two kinds the one that stands last counts: no issue is written over as what it is not, nor by two in turn.
 */
export function rollingKind(body: string): RollingKind | null {
  const kinds = markersIn(body).map(({ kind }) => kind);
  if (kinds.includes("item")) return null;
  const last = kinds.findLast((kind): kind is RollingKind => kind === "digest" || kind === "organisation-digest");
  return last !== undefined && markerKey(body, last) !== null ? last : null;
}

/** A whole marker of an item on a line of its own; `.` would stop at U+2028, which JSON leaves as it is. */
const ITEM_LINE = /^<!-- follow-through:item [^\n]* -->/gm;

/**
 * A body cut into the managed section and what people wrote around it. The section is the shortest that has both its
 * fences (`begin`, and the item's marker): whatever a person left of an older one is theirs, and never swallowed.
 */
export function splitBody(body: string): { before: string; managed: string | null; after: string } {
  const text = body.replace(/\r\n/g, "\n");
  const first = text.indexOf(BEGIN);
  for (const { index, 0: line } of first < 0 ? [] : text.matchAll(ITEM_LINE)) {
    // To look back from each for what is not there costs the square of the body.
    if (index < first) continue;
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

/** A text as its readers see it. */
export const withoutMarkers = (body: string): string => body.replace(/<!-- follow-through:[^\n]* -->/g, "").trim();

/** A short fingerprint of a text, to see whether it would change. Line ends do not count: the web editor saves CRLF. */
export function fingerprint(text: string): string {
  return createHash("sha256").update(text.replace(/\r\n/g, "\n").trim()).digest("hex").slice(0, 16);
}

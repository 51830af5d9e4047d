/**
 * Which documents those that were read are: known at their path or the path before, gone from elsewhere, or new. Documents of one change
 * are looked at together, since one may go on in another, and items may have moved between them.
 */

import type { Postmortem } from "../../postmortem/types.js";
import { type Appeared, continuedBy } from "../../tracking/continues.js";
import { isReadWhole } from "../../tracking/decide.js";
import { MOST_AT_PATH, mintDocumentId } from "../../tracking/identity.js";
import { isAnotherDocument, regroup } from "../../tracking/regroup.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { holdCopies } from "./copies.js";
import type { Found, LoadedDocument, Origin } from "./loaded-document.js";
import { documentsToTell } from "./removed.js";
import type { Scene } from "./scene.js";

interface Stood extends Found {
  /** The document that stood at its path, or at the path GitHub says it had before; null where none is known. */
  readonly before: TrackedDocument | null;
  readonly isAnother: boolean;
  /** Of a copy whose original is gone, that one: it goes on here. */
  readonly original: TrackedDocument | null;
}

/** The documents that were read, each with what is tracked of it, in their order. */
export async function recognise(scene: Scene, found: readonly Found[]): Promise<LoadedDocument[]> {
  const known = knownIn(scene, await scene.store.documentsOf(scene.repository.id));
  const stood = await Promise.all(found.map((one) => beforeThis(scene, known, one)));
  const displaced = stood.flatMap(({ before, isAnother }) => (before && isAnother ? [before] : []));
  const taken = new Set<string>(stood.flatMap(({ before, isAnother }) => (before && !isAnother ? before.id : [])));
  const went = new Map<Stood, TrackedDocument>();
  // Those that are new at their path come first: a document whose place was taken may go on there.
  const rank = ({ before, isAnother, original }: Stood) => (before === null ? 0 : isAnother ? 1 : original ? 3 : 2);
  for (const one of [...stood].sort((a, b) => rank(a) - rank(b))) {
    const candidates = [...known.goneFrom(one.origin.paths), ...displaced].filter(({ id }) => !taken.has(id));
    const goesOn = one.original && !taken.has(one.original.id) ? one.original : null;
    const stays = goesOn ?? (one.before && !(one.isAnother && taken.has(one.before.id)) ? one.before : null);
    const document = stays ?? (await continued(known, one, candidates));
    if (!document) continue;
    taken.add(document.id);
    went.set(one, document);
  }
  const loaded = await Promise.all(stood.map((one) => withTracked(scene, known, one, went.get(one) ?? null)));
  const orphans = await orphansOf(scene, known, found, taken);
  if (loaded.length + orphans.length < 2) return holdCopies(loaded, known.standingIn(pathsOf(found)), known.itemsOf);
  const items = loaded.map(({ document, postmortem, tracked }) => ({
    id: document.id,
    items: postmortem.items,
    tracked,
  }));
  const groups = regroup(items, orphans, scene.today);
  const grouped = loaded.map((one) => {
    const doubts = groups.doubts.get(one.document.id);
    return { ...one, tracked: groups.tracked.get(one.document.id) ?? one.tracked, ...(doubts && { doubts }) };
  });
  return holdCopies(grouped, known.standingIn(pathsOf(found)), known.itemsOf);
}

/** The paths there are, where they are known. */
const pathsOf = (found: readonly Found[]): Origin["paths"] => found.find(({ origin }) => origin.paths)?.origin.paths;

/** What the store has of a repository while documents are recognised, which writes nothing: each document's items are read once. */
interface Known {
  /** The documents that were removed, or stand at none of the paths there are. */
  readonly goneFrom: (paths: Origin["paths"]) => TrackedDocument[];
  /** The others. */
  readonly standingIn: (paths: Origin["paths"]) => TrackedDocument[];
  readonly itemsOf: (documentId: string) => Promise<TrackedItem[]>;
}

function knownIn({ store, repository }: Scene, all: readonly TrackedDocument[]): Known {
  const items = new Map<string, Promise<TrackedItem[]>>();
  const isGone = ({ removedOn, path }: TrackedDocument, paths: Origin["paths"]): boolean =>
    removedOn !== null || paths?.has(path) === false;
  return {
    // A copy that went has nothing that could go on.
    goneFrom: (paths) => all.filter((one) => isGone(one, paths) && one.held !== "copy"),
    standingIn: (paths) => all.filter((one) => !isGone(one, paths)),
    itemsOf(documentId) {
      const found = items.get(documentId) ?? store.itemsOf(repository.id, documentId);
      items.set(documentId, found);
      return found;
    },
  };
}

async function beforeThis({ store, repository }: Scene, known: Known, { read, origin }: Found): Promise<Stood> {
  const { path, title, items } = read.postmortem;
  const here = await store.documentAt(repository.id, path);
  const { previousPath } = origin;
  const renamed = !here && previousPath ? await store.documentAt(repository.id, previousPath) : null;
  const before = here ?? renamed;
  if (!here) return { read, origin, before, isAnother: false, original: null };
  const original = here.copyOf ? known.goneFrom(origin.paths).find(({ id }) => id === here.copyOf) : undefined;
  if (original) return { read, origin, before: here, isAnother: false, original };
  const tracked = await known.itemsOf(here.id);
  const isAnother = isAnotherDocument({ title, items, before: here, tracked });
  return { read, origin, before, isAnother, original: null };
}

/** The one of these documents that goes on in one that appeared; null where there is none. */
async function continued(
  known: Known,
  { read, origin }: Found,
  candidates: readonly TrackedDocument[],
): Promise<TrackedDocument | null> {
  const { path, title, items } = read.postmortem;
  const appeared: Appeared = { path, title, items, blob: read.blob, previousPath: origin.previousPath };
  const withItems = await Promise.all(
    candidates.map(async (document) => ({ document, items: await known.itemsOf(document.id) })),
  );
  return continuedBy(appeared, withItems)?.document ?? null;
}

async function withTracked(
  { store, repository }: Scene,
  known: Known,
  { read, origin, before: stood }: Stood,
  before: TrackedDocument | null,
): Promise<LoadedDocument> {
  const { postmortem, profile, blob } = read;
  const { path } = postmortem;
  const document: TrackedDocument = {
    id: before?.id ?? (await freshId(store, repository.id, path)),
    repositoryId: repository.id,
    firstPath: before?.firstPath ?? path,
    path,
    title: postmortem.title,
    incident: postmortem.incident,
    home: before ? before.home : origin.home,
    commit: origin.commit,
    blob,
    author: before?.author ?? origin.author,
    removedOn: null,
    held: before?.held ?? null,
    ...(before?.copyOf && { copyOf: before.copyOf }),
    ...(before?.heard && { heard: before.heard }),
    ...(before?.unrelated && { unrelated: before.unrelated }),
    problems: postmortem.problems,
  };
  // A document that cannot be read right now has not lost its items.
  const unread = !isReadWhole(postmortem);
  const tracked = await known.itemsOf(document.id);
  return {
    document,
    postmortem: unread && postmortem.items.length === 0 ? asTracked(postmortem, tracked) : postmortem,
    profile,
    tracked,
    known: before !== null,
    ...(stood?.held === "copy" && before && stood.id !== before.id && { insteadOf: stood }),
  };
}

/** The items of documents that just went and go on nowhere: each may stand in another by now. */
async function orphansOf(
  scene: Scene,
  known: Known,
  found: readonly Found[],
  taken: ReadonlySet<string>,
): Promise<TrackedItem[]> {
  const toBeTold = await documentsToTell(scene);
  const went = known
    .goneFrom(pathsOf(found))
    .filter(({ id, removedOn }) => !taken.has(id) && (removedOn === null || toBeTold.has(id)));
  return (await Promise.all(went.map(({ id }) => known.itemsOf(id)))).flat();
}

/** The id of a document that is not tracked: that of one that began at this path and has moved on, or was another, is taken. */
async function freshId(store: Scene["store"], repositoryId: number, path: string): Promise<string> {
  for (let ordinal = 0; ; ordinal++) {
    const id = mintDocumentId(repositoryId, path, ordinal);
    // Beyond all that happens, the last one is taken for come back.
    if ((await store.document(repositoryId, id)) === null || ordinal === MOST_AT_PATH - 1) return id;
  }
}

/** The postmortem with its items as they were: what cannot be read has not changed. */
function asTracked(postmortem: Postmortem, tracked: readonly TrackedItem[]): Postmortem {
  const items = tracked
    .filter((item) => item.leftOn === null)
    .map(({ base, place }) => ({ ...base, line: place.line, endLine: place.endLine, kind: "bullet" as const }));
  return { ...postmortem, items };
}

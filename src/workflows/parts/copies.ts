/**
 * Postmortems that are copies of one that stays: held back, so that no work is opened twice, until somebody says that they are of another
 * incident. Where the original goes, it goes on in its copy (docs/adr/0018).
 */

import { isCopy, mayBeCopy, type Telling } from "../../tracking/copies.js";
import { isReadWhole } from "../../tracking/decide.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import type { LoadedDocument } from "./loaded-document.js";
import type { Scene } from "./scene.js";

/** A document that others may be copies of. */
interface Standing {
  readonly document: TrackedDocument;
  readonly titles: () => Promise<readonly string[]>;
}

/**
 * The documents that were read, those that are copies held back. Asked of what is new, the first of two counting as the original; and again of what is
 * held back as a copy, which may tell of another incident by now. `stored`: the documents that stand, as they were last read.
 */
export async function holdCopies(
  loaded: readonly LoadedDocument[],
  stored: readonly TrackedDocument[],
  itemsOf: (documentId: string) => Promise<readonly TrackedItem[]>,
): Promise<LoadedDocument[]> {
  const read = new Set(loaded.map(({ document }) => document.id));
  const isAsked = ({ known, document }: LoadedDocument): boolean => !known || document.held === "copy";
  const originals: Standing[] = [
    ...loaded.filter((one) => !isAsked(one)).map(asRead),
    ...stored
      .filter(({ id, held }) => !read.has(id) && held !== "copy")
      .map((document) => ({ document, titles: async () => standingTitles(await itemsOf(document.id)) })),
  ];
  const result: LoadedDocument[] = [];
  for (const one of loaded) {
    const original = isAsked(one) && isReadWhole(one.postmortem) ? await originalOf(one, originals) : undefined;
    const { copyOf, ...document } = one.document;
    if (original) result.push({ ...one, document: { ...document, held: "copy", copyOf: original.id } });
    else if (isAsked(one) && isReadWhole(one.postmortem)) {
      const isOwn = { ...one, document: { ...document, held: document.held === "copy" ? null : document.held } };
      result.push(isOwn);
      originals.push(asRead(isOwn));
    } else result.push(one);
  }
  return result;
}

const asRead = ({ document, postmortem }: LoadedDocument): Standing => ({
  document,
  titles: async () => postmortem.items.map(({ title }) => title),
});

const standingTitles = (items: readonly TrackedItem[]): string[] =>
  items.filter(({ leftOn }) => leftOn === null).map(({ base }) => base.title);

/** What a document is a copy of; none where it is none. */
async function originalOf(
  { document, postmortem }: LoadedDocument,
  originals: readonly Standing[],
): Promise<TrackedDocument | undefined> {
  const own: Telling = document;
  const titles = postmortem.items.map(({ title }) => title);
  for (const { document: other, titles: titlesOf } of originals)
    if (other.id !== document.id && mayBeCopy(own, other) && isCopy(own, titles, other, await titlesOf())) return other;
  return undefined;
}

/** The copies of documents that are gone: each may go on there. */
export async function copiesOf(
  { store, repository }: Scene,
  gone: readonly Pick<TrackedDocument, "id">[],
): Promise<TrackedDocument[]> {
  if (gone.length === 0) return [];
  const ids = new Set(gone.map(({ id }) => id));
  const documents = await store.documentsOf(repository.id);
  return documents.filter(({ removedOn, copyOf }) => removedOn === null && copyOf !== undefined && ids.has(copyOf));
}

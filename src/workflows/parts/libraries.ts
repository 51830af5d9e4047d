/**
 * The postmortems of each organisation, in memory, to find those that are alike. What the store has of them is compared by versions, so
 * only what is new or other is read, whoever wrote it.
 */
import { Library, SHOWN_WORDS } from "../../similarity/library.js";
import type { Profile, ReadProfile } from "../../similarity/profile.js";
import type { Store } from "../../store/types.js";

interface Held {
  readonly library: Library;
  readonly known: Map<string, Known>;
}

/** A postmortem of the library. */
export interface Known {
  readonly key: string;
  readonly repositoryId: number;
  readonly documentId: string;
  readonly version: string;
  readonly path: string;
  readonly date: string | null;
}

/** One that a new postmortem is like, and words that both hold. */
export interface Found extends Known {
  readonly words: readonly string[];
}

/** The key of a document in a library. */
export const keyOf = (repositoryId: number, documentId: string): string => `${repositoryId} ${documentId}`;

export class Libraries {
  readonly #held = new Map<number, Promise<Held>>();

  /** The postmortems of an installation that one is like, of those that may be named; it is never like itself. */
  async like(
    store: Store,
    installationId: number,
    { key, profile }: { readonly key: string; readonly profile: ReadProfile },
    mayName: (known: Known) => boolean,
  ): Promise<Found[]> {
    const { library, known } = await this.#current(store, installationId);
    // It must not make its own words less rare.
    const own = known.get(key);
    if (own) {
      library.remove(key);
      known.delete(key);
    }
    return library
      .like(profile, (other) => {
        const one = known.get(other);
        return one !== undefined && mayName(one);
      })
      .flatMap((similar) => {
        const one = known.get(similar.key);
        return one ? [{ ...one, words: library.sharedWith(profile, similar.key, SHOWN_WORDS) }] : [];
      });
  }

  /** What is said in the meantime waits: two of one installation do not read the same twice. */
  #current(store: Store, installationId: number): Promise<Held> {
    const before = this.#held.get(installationId) ?? Promise.resolve({ library: new Library(), known: new Map() });
    const current = before.then((held) => renew(store, installationId, held));
    this.#held.set(installationId, current);
    // What fails is read from the beginning by the next one.
    current.catch(() => this.#held.delete(installationId));
    return current;
  }
}

async function renew(store: Store, installationId: number, { library, known }: Held): Promise<Held> {
  const versions = await store.profileVersions(installationId);
  const present = new Set<string>();
  const wanted = new Map<number, Map<string, string>>();
  for (const { repositoryId, documentId, version } of versions) {
    const key = keyOf(repositoryId, documentId);
    present.add(key);
    if (known.get(key)?.version === version) continue;
    const ofRepository = wanted.get(repositoryId) ?? new Map<string, string>();
    wanted.set(repositoryId, ofRepository.set(documentId, version));
  }
  for (const key of [...known.keys()].filter((key) => !present.has(key))) {
    library.remove(key);
    known.delete(key);
  }
  const read: { readonly one: Known; readonly profile: Profile }[] = [];
  for (const [repositoryId, ofRepository] of wanted) {
    for (const { documentId, date, profile } of await store.profilesOf(repositoryId, [...ofRepository.keys()])) {
      const version = ofRepository.get(documentId) ?? "";
      const one = { key: keyOf(repositoryId, documentId), repositoryId, documentId, version, path: profile.path, date };
      read.push({ one, profile });
    }
  }
  // In the order in which they happened, so that the same is learnt from them after every start.
  for (const { one, profile } of read.sort((a, b) => compare(a.one, b.one))) {
    library.put(one.key, profile);
    known.set(one.key, one);
  }
  return { library, known };
}

const order = ({ date, key }: Known): string => `${date ?? ""} ${key}`;
const compare = (a: Known, b: Known): number => (order(a) < order(b) ? -1 : 1);

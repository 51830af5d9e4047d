/**
 * The postmortems of one organisation, and which of them a new one is like. Thresholds do not travel between organisations, whose
 * documents are all alike in their own way: so each likeness counts by how much it stands out among the likenesses of that
 * organisation's other pairs.
 *
 * Words lead to the postmortems that hold them, so one is weighed without a look at the words of all others (docs/adr/0023).
 */
import { wordOfWork } from "../postmortem/languages/work.js";
import { type Evidence, isShown, weigh } from "./evidence.js";
import { byField, increase, NOWHERE, type Postings, ranks } from "./postings.js";
import { type Counts, FIELDS, type Field, holdsName, type Profile, type ReadProfile } from "./profile.js";
import { copyOf, nothingLearnt } from "./seen.js";

/** So many words that two share are shown. */
export const SHOWN_WORDS = 4;

/** An earlier postmortem that a new one is like. */
export interface Similar {
  /** As it was put into the library. */
  readonly key: string;
  /** Log-odds that the same happened before. */
  readonly weight: number;
  readonly evidence: Evidence;
}

/** As many are shown at most. */
const MOST_SHOWN = 3;
/** A word that so few postmortems hold is rare. */
const RARE = 3;
/** What an organisation's pairs are like is learnt from so many of its postmortems; more tell nothing new. */
const MOST_LEARNT_FROM = 500;
/** In a library of at most so many, lengths are always computed again, since each postmortem changes how rare words are. */
const SMALL = 500;
/** In a larger one, whenever it has grown by this share. */
const GROWTH = 1 / 16;

type Compared = Exclude<Field, "code">;
const COMPARED: readonly Compared[] = FIELDS.filter((field): field is Compared => field !== "code");

/** A postmortem in the library: its words, as references to where they stand. */
interface Entry {
  readonly key: string;
  readonly names: readonly Name[];
  readonly postings: Readonly<Record<Field, readonly Postings[]>>;
}

/** How a postmortem is called, and the runs of it that hold a number: a text without them is not looked through for it. */
interface Name {
  readonly name: string;
  readonly runs: readonly string[];
}

export class Library {
  readonly #entries: (Entry | null)[] = [];
  readonly #slots = new Map<string, number>();
  readonly #words: Readonly<Record<Field, Map<string, Postings>>> = byField(() => new Map());
  /** The lengths of all postmortems as vectors, as of when there were so many. */
  #lengths: Readonly<Record<Compared, Float64Array>> = byField(() => new Float64Array(0));
  #lengthsOf = 0;
  #learnt = nothingLearnt();
  #learntFrom = 0;

  get size(): number {
    return this.#slots.size;
  }

  has(key: string): boolean {
    return this.#slots.has(key);
  }

  /** Takes a postmortem in, by its path; returns the earlier ones that it is like, the likeliest first, at most three. */
  add(profile: ReadProfile): Similar[] {
    return shown(this.weighAndAdd(profile));
  }

  /** Takes a postmortem in, by its path; returns all earlier ones with the evidence for each, the likeliest first. */
  weighAndAdd(profile: ReadProfile): Similar[] {
    const found = this.weigh(profile);
    this.put(profile.path, profile);
    return found;
  }

  /** Takes a postmortem in, in the place of what had the same key. */
  put(key: string, profile: Profile): void {
    this.remove(key);
    if (this.#learntFrom < MOST_LEARNT_FROM) {
      this.#learnt = this.#compare(profile).learnt;
      this.#learntFrom++;
    }
    const slot = this.#entries.length;
    const postings = byField((field) =>
      [...profile[field]].map(([word, count]) => this.#stand(field, word, slot, count)),
    );
    const names = profile.names.map((name) => ({ name, runs: name.match(NUMBERED) ?? [] }));
    this.#entries.push({ key, names, postings });
    this.#slots.set(key, slot);
  }

  remove(key: string): void {
    const slot = this.#slots.get(key);
    const entry = slot === undefined ? null : this.#entries[slot];
    if (slot === undefined || !entry) return;
    for (const field of FIELDS)
      for (const { slots, weights } of entry.postings[field]) {
        const at = slots.indexOf(slot);
        slots.splice(at, 1);
        weights.splice(at, 1);
      }
    this.#entries[slot] = null;
    this.#slots.delete(key);
    this.#lengthsOf = 0;
  }

  /** The postmortems that a new one is like, of those that may be named, the likeliest first, at most three. */
  like(profile: ReadProfile, mayName: (key: string) => boolean): Similar[] {
    return shown(this.#weighed(profile, mayName));
  }

  /** All there are, with the evidence for each, the likeliest first. */
  weigh(profile: ReadProfile): Similar[] {
    return this.#weighed(profile, () => true).sort(likeliestFirst);
  }

  #weighed(profile: ReadProfile, mayName: (key: string) => boolean): Similar[] {
    const { learnt, likeness, shared } = this.#compare(profile);
    const rank = { cause: ranks(likeness.cause), whole: ranks(likeness.whole) };
    const runs = new Set(profile.text.match(NUMBERED));
    return this.#entries.flatMap((entry, slot): Similar[] => {
      if (!entry || !mayName(entry.key)) return [];
      const evidence: Evidence = {
        title: learnt.title.above(likeness.title[slot] ?? 0),
        cause: learnt.cause.above(likeness.cause[slot] ?? 0),
        whole: learnt.whole.above(likeness.whole[slot] ?? 0),
        rareWords: learnt.rare.above(shared.rare[slot] ?? 0),
        rareWordsOfCause: Math.log1p(shared.ofCause.get(slot) ?? 0),
        rareCode: Math.log1p(shared.inCode.get(slot) ?? 0),
        named: entry.names.some((one) => one.runs.every((run) => runs.has(run)) && holdsName(profile, one.name))
          ? 1
          : 0,
        placeByWhole: rank.whole(likeness.whole[slot] ?? 0),
        placeByCause: rank.cause(likeness.cause[slot] ?? 0),
      };
      return [{ key: entry.key, weight: weigh(evidence), evidence }];
    });
  }

  /** The words that a postmortem shares with one of the library, those that tell most first: of code, then the rarest. */
  sharedWith(profile: Profile, key: string, most: number): string[] {
    const slot = this.#slots.get(key);
    if (slot === undefined) return [];
    const holding = (field: Field, word: string) => this.#words[field].get(word)?.slots ?? [];
    const shared = (field: Field) =>
      [...profile[field].keys()]
        .filter((word) => holding(field, word).includes(slot))
        .sort((a, b) => holding(field, a).length - holding(field, b).length);
    const all = [...new Set([...shared("code"), ...shared("cause"), ...shared("whole")])];
    // Words of the house, and those that fit any work, tell a reader nothing.
    const telling = all.filter(
      (word) =>
        holding("whole", word).length <= Math.max(RARE, this.#slots.size / 4) && wordOfWork(word).rank === "telling",
    );
    return [...telling, ...all.filter((word) => !telling.includes(word)).slice(0, telling.length > 0 ? 0 : 1)].slice(
      0,
      most,
    );
  }

  #stand(field: Field, word: string, slot: number, count: number): Postings {
    const postings = this.#words[field].get(word) ?? { slots: [], weights: [] };
    this.#words[field].set(word, postings);
    postings.slots.push(slot);
    postings.weights.push(1 + Math.log(count));
    return postings;
  }

  /** How alike a postmortem is to all in the library, and what is learnt of pairs with that. */
  #compare(profile: Profile) {
    this.#reckonLengths(profile);
    const likeness = {
      title: this.#likeness("title", profile.title),
      cause: this.#likeness("cause", profile.cause),
      whole: this.#likeness("whole", profile.whole),
    };
    const shared = this.#shared(profile);
    const learnt = copyOf(this.#learnt);
    for (const slot of this.#slots.values()) {
      for (const field of COMPARED) learnt[field].add(likeness[field][slot] ?? 0);
      learnt.rare.add(shared.rare[slot] ?? 0);
    }
    return { likeness, shared, learnt };
  }

  /** What a word tells by its rarity, the compared postmortem itself counted in; `holding`: how many others hold it. */
  #tells(holding: number, isOwn: boolean): number {
    const all = this.#slots.size + 1;
    const held = holding + (isOwn ? 1 : 0);
    return Math.log(1 + (all - held + 0.5) / (held + 0.5));
  }

  /** The cosines of a text with that of each in the library, by slot. */
  #likeness(field: Compared, counts: Counts): Float64Array {
    const products = new Float64Array(this.#entries.length);
    const lengths = this.#lengths[field];
    let squares = 0;
    for (const [word, count] of counts) {
      const { slots, weights } = this.#words[field].get(word) ?? NOWHERE;
      const tells = this.#tells(slots.length, true);
      const own = (1 + Math.log(count)) * tells;
      squares += own ** 2;
      for (let at = 0; at < slots.length; at++) {
        const slot = slots[at] ?? 0;
        products[slot] = (products[slot] ?? 0) + own * (weights[at] ?? 0) * tells;
      }
    }
    const length = Math.sqrt(squares);
    for (let slot = 0; slot < products.length; slot++) {
      const product = products[slot] ?? 0;
      if (product > 0) products[slot] = product / (length * (lengths[slot] ?? 1));
    }
    return products;
  }

  #reckonLengths(profile: Profile): void {
    const { length } = this.#entries;
    const isFresh = this.#lengthsOf > SMALL && this.#slots.size <= this.#lengthsOf * (1 + GROWTH);
    const squares = byField(() => new Float64Array(length));
    for (const field of COMPARED) {
      if (isFresh) {
        this.#reckonNew(field, squares[field]);
        continue;
      }
      for (const [word, { slots, weights }] of this.#words[field]) {
        const tells = this.#tells(slots.length, profile[field].has(word));
        for (let at = 0; at < slots.length; at++) {
          const slot = slots[at] ?? 0;
          squares[field][slot] = (squares[field][slot] ?? 0) + ((weights[at] ?? 0) * tells) ** 2;
        }
      }
      squares[field].forEach((square, slot) => {
        squares[field][slot] = Math.sqrt(square);
      });
    }
    this.#lengths = squares;
    if (!isFresh) this.#lengthsOf = this.#slots.size;
  }

  /** Only of those that came since; the others keep theirs. */
  #reckonNew(field: Compared, lengths: Float64Array): void {
    const known = this.#lengths[field];
    lengths.set(known);
    for (let slot = known.length; slot < lengths.length; slot++) {
      let square = 0;
      for (const { slots, weights } of this.#entries[slot]?.postings[field] ?? [])
        square += ((weights[slots.lastIndexOf(slot)] ?? 0) * this.#tells(slots.length, false)) ** 2;
      lengths[slot] = Math.sqrt(square);
    }
  }

  /** The rare words that are shared with each, by slot: of all as logarithms, since the tenth tells less than the first. */
  #shared(profile: Profile) {
    const rare = new Float64Array(this.#entries.length);
    const [ofCause, inCode] = [new Map<number, number>(), new Map<number, number>()];
    const slotsOf = (field: Field, word: string) => this.#words[field].get(word)?.slots ?? [];
    for (const word of profile.whole.keys()) {
      const slots = slotsOf("whole", word);
      const [only] = slots;
      if (slots.length === 1 && only !== undefined) rare[only] = (rare[only] ?? 0) + 1;
      if (slots.length < RARE && profile.cause.has(word))
        for (const slot of slotsOf("cause", word)) if (slots.includes(slot)) increase(ofCause, slot);
    }
    for (const word of profile.code.keys()) {
      const slots = slotsOf("code", word);
      if (slots.length < RARE) for (const slot of slots) increase(inCode, slot);
    }
    for (const slot of this.#slots.values()) {
      const words = this.#entries[slot]?.postings.whole.length ?? 0;
      // Of two long texts it tells less that they share some.
      const length = Math.log1p(Math.min(profile.whole.size, words) / 100);
      rare[slot] = Math.log1p(rare[slot] ?? 0) - length / 2;
    }
    return { rare, ofCause, inCode };
  }
}

const shown = (similar: readonly Similar[]): Similar[] =>
  similar
    .filter(({ weight }) => isShown(weight))
    .sort(likeliestFirst)
    .slice(0, MOST_SHOWN);

const likeliestFirst = (a: Similar, b: Similar): number => b.weight - a.weight;

/** Runs of letters and numbers that hold a number, of which every name has one. */
const NUMBERED = /[\p{L}\p{N}]*\p{N}[\p{L}\p{N}]*/gu;

/** What refiners have learnt about an item so far: each fills in what is still open, and says by which rule. */

import { DONE_WORD, normalize, OPEN } from "../../languages/index.js";
import type { ItemField, Rule } from "../../trace.js";
import type { ActionType } from "../../types.js";
import type { Candidate } from "../candidate.js";
import type { Owners } from "./owner.js";
import type { Reference } from "./reference.js";
import { isDropped } from "./status.js";

export class Facts {
  readonly owners: string[] = [];
  readonly mentions: string[] = [];
  done: boolean | null = null;
  /** It is said that the work will not be done. */
  dropped = false;
  priority: string | null = null;
  ref: string | null = null;
  refUrl: string | null = null;
  /** Whether `ref` is no more than mentioned. */
  refWithin = false;
  type: ActionType | null = null;
  /** What the author states and no field holds, in the author's words: a second date, a reviewer, where it was done. */
  readonly spare: string[] = [];
  readonly #candidate: Candidate;
  #rule: Rule;

  constructor(candidate: Candidate) {
    this.#candidate = candidate;
    this.#rule = candidate.rule;
  }

  /** These facts, with `rule` as the one that what follows is learnt by. */
  by(rule: Rule): this {
    this.#rule = rule;
    return this;
  }

  /** Adds owners not yet known, keeping their order. `words`: what they were read from, as in all that follows. */
  addOwners({ owners, mentions }: Owners, words: string): void {
    for (const owner of owners) if (!this.owners.includes(owner)) this.owners.push(owner);
    for (const mention of mentions) if (!this.mentions.includes(mention)) this.mentions.push(mention);
    if (owners.length > 0) this.tell("owners", words);
  }

  /** Takes out what was read as an owner and is none; gives it. */
  dropOwners(isNone: (owner: string) => boolean): string[] {
    const none = this.owners.filter(isNone);
    for (const owner of none) this.owners.splice(this.owners.indexOf(owner), 1);
    return none;
  }

  /** Keeps words that no field holds. */
  keep(words: string): void {
    const bare = words.replace(/[\s\uE000]+/g, " ").trim();
    if (bare !== "" && !this.spare.includes(bare)) this.spare.push(bare);
  }

  /** Keeps the words of a status that say more than how it stands: "done in PR 12", "waiting for the vendor". */
  keepStatus(words: string): void {
    const name = normalize(words.replace(/[([]?#\d+[)\]]?/g, " "));
    if (name.includes(" ") && !DONE_WORD.test(name) && !OPEN.test(name)) this.keep(words);
  }

  setDone(done: boolean | null, words: string): void {
    if (done === false && isDropped(words)) this.setDropped(words);
    if (this.done !== null || done === null) return;
    this.done = done;
    this.tell("done", words);
  }

  setDropped(words: string): void {
    this.dropped = true;
    this.tell("dropped", words);
  }

  setPriority(priority: string | null, words: string): void {
    if (priority === null) return;
    if (this.priority !== null) {
      if (priority.toLowerCase() !== this.priority.toLowerCase()) this.keep(words);
      return;
    }
    this.priority = priority;
    this.tell("priority", words);
  }

  /** Whether the item's own ticket is known. */
  get hasTicket(): boolean {
    return this.ref !== null && !this.refWithin;
  }

  /** The item's own ticket: it counts for more than one that its sentence mentions. */
  setReference(found: Reference | null, words: string): void {
    if (found === null) return;
    if (this.hasTicket) {
      if (found.ref !== this.ref) this.keep(found.url ?? found.ref);
      return;
    }
    this.refWithin = false;
    // One that was mentioned before may have come with its address.
    this.#keepReference(found.ref === this.ref ? { ref: found.ref, url: found.url ?? this.refUrl } : found, words);
  }

  /** A ticket that the item's sentence speaks of. */
  mentionReference(found: Reference | null, words: string): void {
    // "The ticket" leads nowhere without its address, which another reference may take the place of.
    if (found?.url != null && !/\d/.test(words)) this.keep(found.url);
    if (this.ref !== null || found === null) return;
    this.refWithin = true;
    this.#keepReference(found, words);
  }

  #keepReference({ ref, url }: Reference, words: string): void {
    this.ref = ref;
    this.refUrl = url;
    this.tell("ref", words);
  }

  setType(type: ActionType | null, words: string): void {
    if (this.type !== null || type === null) return;
    this.type = type;
    this.tell("type", words);
  }

  /** Says by which rule a field was learnt that is kept elsewhere. */
  tell(field: ItemField, words: string): void {
    this.#candidate.context.trace.field(this.#candidate, field, this.#rule, words);
  }
}

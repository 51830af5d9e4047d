/**
 * Where one text promises several pieces of work, each by somebody of its own, each is an item: "Ana will automate it by Friday. Tom
 * is going to write the runbook." As one item it would have the one's name and the other's date.
 */
import { anyOf } from "../../languages/index.js";
import { sliceRich, trimRich } from "../../markdown/rich.js";
import { sentenceStarts } from "../../sentences.js";
import type { Candidate } from "../candidate.js";
import { promiseAt } from "../refine/lead.js";
import { MAX_LENGTH } from "./cut.js";

/** So many promises make a text more than one item. */
const SEVERAL = 2;

interface Promised {
  /** Where the sentence begins, and in it who does it. */
  readonly start: number;
  readonly who: number;
}

/** "First, …", "Second, …" before a sentence: what begins so is counted. */
const COUNTS = new RegExp(`^(?:${anyOf(({ items }) => items?.counts)})(?:\\s*[,:，：、]\\s*|\\s+)(?=\\S)`, "iu");

/** The sentences that begin with who does it or are counted, where there are several; else none. */
export function promisesIn(text: string): readonly Promised[] {
  const counted = countedIn(text);
  if (counted.length >= SEVERAL && counted[0]?.start === 0) return counted;
  const promises = sentenceStarts(text).flatMap((start) => {
    const lead = promiseAt(text.slice(start));
    return lead === null ? [] : [{ start, who: start + lead }];
  });
  return promises.length < SEVERAL ? [] : promises;
}

/** The sentences that are counted, each with what stands before them and does not count. */
const countedIn = (text: string): readonly Promised[] =>
  sentenceStarts(text).flatMap((start) => {
    const count = COUNTS.exec(text.slice(start, start + MAX_COUNT))?.[0].length ?? 0;
    return count === 0 ? [] : [{ start, who: start + count }];
  });

/** No word that counts is longer. */
const MAX_COUNT = 40;

/** The candidate, or one for each promise in its text; of a task box there is one state, so it stays one. */
export function eachPromise(candidate: Candidate): readonly Candidate[] {
  const { text, kind, checked } = candidate;
  if (checked !== null || kind === "table" || kind === "heading") return [candidate];
  // Read in part only, which is told: promises beyond that are for nobody to count.
  if (text.text.length > MAX_LENGTH) return [candidate];
  const promises = promisesIn(text.text);
  if (promises.length === 0) return [candidate];
  return promises.map(({ who }, at) => ({
    ...candidate,
    text: trimRich(sliceRich(text, who, promises[at + 1]?.start)),
  }));
}

/**
 * Where one text promises several pieces of work, each by somebody of its own, each is an item: "Ana will automate it by Friday. Tom
 * is going to write the runbook." As one item it would have the one's name and the other's date.
 */
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

/** The sentences that begin with who does it, where there are several; else none. */
export function promisesIn(text: string): readonly Promised[] {
  const promises = sentenceStarts(text).flatMap((start) => {
    const lead = promiseAt(text.slice(start));
    return lead === null ? [] : [{ start, who: start + lead }];
  });
  return promises.length < SEVERAL ? [] : promises;
}

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

/**
 * The first sentence of an item's text, by which its issue is called; what follows explains it: "Alert on lag. It would have shown the outage
 * ten minutes earlier." Where only a later sentence says what is to be done, all up to
 * that one is: "The pool is small. Raise it."; where none does, all of it.
 */
import { COMMITS_IN_TEXT, normalize, ORDER, TASK_END, VERB } from "./languages/index.js";
import { sentenceStarts } from "./sentences.js";

/** A shorter sentence is a label: "Jitter. Add it to each retry." */
const LEAST_WORDS = 3;

/** @param text an item's words on one line, without what was read out of them. */
export function headline(text: string): string {
  const starts = sentenceStarts(text);
  if (starts.length === 1) return text;
  const sentences = starts.map((start, at) => text.slice(start, starts[at + 1]).trimEnd());
  const task = sentences.findIndex(saysTask);
  if (task < 0) return text;
  const called = sentences.slice(0, task + 1).join(" ");
  const isLabel = called.length < text.length && called.split(" ").length < LEAST_WORDS && /^[ -~]*$/.test(called);
  return isLabel ? text : called.replace(/[.。]+$/u, "");
}

/** So much of a sentence tells whether it is a task. */
const MAX_SEARCHED = 200;

function saysTask(sentence: string): boolean {
  const words = normalize(sentence.slice(0, MAX_SEARCHED));
  return VERB.any.test(words) || ORDER.test(words) || COMMITS_IN_TEXT.test(words) || TASK_END.test(words);
}

/**
 * Who an item names. Names are taken as written and never guessed at: what looks like a name without saying so counts only
 * where the place of it says so (an owner column, a label above a list, a tail that most items have).
 */
import { HANDLE } from "../../../logins.js";
import { withoutEnd } from "../../../text.js";
import { AUDIENCE, anyOf, eachOf, normalize, SUBJECT, TEAM, VERB } from "../../languages/index.js";
import type { Rich } from "../../markdown/rich.js";
import type { SectionName } from "../../structure/section-name.js";

export interface Owners {
  readonly owners: string[];
  readonly mentions: string[];
}

/** A mention in running text. */
export const MENTION = new RegExp(`(?<![\\p{L}\\p{N}._/@-])@((?=[A-Za-z0-9])${HANDLE})(?<![.-])`, "gu");
/** A text that is one mention and nothing else. */
export const ONLY_MENTION = new RegExp(`^@${HANDLE}$`, "u");
const LEADING_MENTION = new RegExp(`^@(${HANDLE})`, "u");

const SEPARATORS = new RegExp(
  `\\s*(?:[,;、，·\\v\\n|]|\\s[&+]\\s|&|\\s\\+\\s|/)\\s*|\\s+(?:${anyOf(({ and, dense }) => (dense ? [] : and))})\\s+`,
  "iu",
);
const NOBODY = new RegExp(`^(?:x?|${anyOf(({ owners }) => owners?.nobody)})$`);
/** "An and Bert together" */
const TOGETHER = new RegExp(
  `^(?:${eachOf(
    ({ owners }) => owners?.together,
    (words, dense) => `${words}${dense ? " ?" : " +"}`,
  )})(?=.)|(?<=.)(?:${eachOf(
    ({ owners }) => owners?.together,
    (words, dense) => `${dense ? " ?" : " +"}${words}`,
  )})$`,
  "iu",
);
const PARTICLE = new RegExp(`^(?:${anyOf(({ owners }) => owners?.particles)})$`);

/** The owners in a cell or value that is there to name them. */
export function readOwners(value: Rich | undefined): Owners {
  const owners: string[] = [];
  const mentions: string[] = [];
  for (const part of value === undefined ? [] : splitNames(value.text)) {
    const mention = LEADING_MENTION.exec(part)?.[1];
    const name = mention ?? part;
    if (owners.includes(name) || NOBODY.test(normalize(part))) continue;
    owners.push(name);
    if (mention !== undefined) mentions.push(mention);
  }
  return { owners, mentions };
}

/** Splits "Ana, Ben & @org/team"; a slash within a mention does not split. */
function splitNames(text: string): string[] {
  // Of much white space a little does: what parts names begins and ends with any of it.
  const guarded = text.replace(/(\s{3})\s+/g, "$1").replace(/(@[\w.-]+)\/(?=[\w.-])/g, "$1\uE001");
  return guarded
    .split(SEPARATORS)
    .map((part) => withoutEdges(part.replaceAll("\uE001", "/")))
    .map((part) => (part.includes("(") ? part : withoutEnd(part, /\)/)).replace(TOGETHER, ""))
    .filter((part) => part !== "");
}

const EDGE_BEFORE = /^(?:\p{Extended_Pictographic}|\uFE0F|[\s*_(-])+/u;
const EDGE_BEHIND = /[\s.:：*_]/;
const INITIAL_AT_END = /\b\p{Lu}$/u;

/** A name without the signs around it. The dot of an initial belongs to it: "Lisa W.". */
function withoutEdges(text: string): string {
  const part = text.replace(EDGE_BEFORE, "");
  const bare = withoutEnd(part, EDGE_BEHIND);
  const initial = INITIAL_AT_END.test(bare.slice(-3)) && part.slice(bare.length).includes(".");
  return initial ? part.slice(0, bare.length + 1) : bare;
}

/** "RBAC管理": an abbreviation within a word of another script is about a thing. */
const MIXED_SCRIPTS = /[\p{Script=Latin}][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Four words at most, each a capitalised name or initials; or a team by its words. */
export function looksLikeName(text: string): boolean {
  const words = text.trim().split(/\s+/);
  if (text === "" || words.length > 4 || text.length > 50 || /[`<>{}=:#?!"“”]|\d{2}/.test(text)) return false;
  if (ONLY_MENTION.test(text)) return true;
  const name = normalize(text);
  if (NOBODY.test(name)) return false;
  if (TEAM.test(name)) return words.length <= 3 || /^\p{Lu}/u.test(text);
  if (name.split(" ").some((word) => SUBJECT.test(word))) return false;
  if (words.some((word) => MIXED_SCRIPTS.test(word))) return false;
  return words.every((word, index) => /^\p{Lu}[\p{L}'’.-]*$/u.test(word) || (index > 0 && PARTICLE.test(word)));
}

/** By which a name is surely a team's. */
export const SURE_TEAM = new RegExp(
  anyOf(({ owners }) => owners?.sureTeams),
  "i",
);

/** As {@link looksLikeName}, for each of several names. */
export function looksLikeNames(text: string): boolean {
  const names = splitNames(text);
  return names.length > 0 && names.length <= 4 && names.every(looksLikeName);
}

/** "Gateway @dev": who is mentioned at the end of a label owns what stands under it. */
const MENTIONS_BEHIND = new RegExp(`(?:[\\s,(]+@${HANDLE}(?<![.-]))+(?=\\)?$)`, "u");

/** The owners that a label above a list names: "**Robert**", "**Platform team:**", never "**Monitoring**" or "**Communicate**". */
export function groupOwners(
  name: SectionName,
  title: Rich,
  origin: "heading" | "label" | "bullet" | "document",
): Rich | null {
  if (name.kind !== null || name.topic || name.window !== null || name.done || name.type !== null) return null;
  const mentions = MENTIONS_BEHIND.exec(name.label)?.[0];
  if (mentions !== undefined && origin === "bullet") return { text: mentions.trim(), spans: [], line: title.line };
  const text = (name.label.split(/\s+[-–—]\s+|[:：]/u)[0] ?? "").trim();
  if (!looksLikeNames(text) || VERB.any.test(normalize(text)) || AUDIENCE.test(normalize(text))) return null;
  // A heading "Engineering" names a part of the work more often than who does it.
  const sure = text.startsWith("@") || (origin === "heading" ? SURE_TEAM.test(text) : TEAM.test(normalize(text)));
  const colon = /[:：]$/u.test(title.text.trimEnd());
  if (!sure && (origin === "heading" || colon)) return null;
  return { text, spans: [], line: title.line };
}

const MAX_BEFORE_MENTION = 40;
const BYSTANDER = new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyOf(({ owners }) => owners?.bystanders)})\\s+\\W?$`, "iu");

/** Whether who is mentioned at `at` of a text has no part in the work: "reported by @ana", "via @buildbot". */
export const isBystander = (text: string, at: number): boolean =>
  BYSTANDER.test(text.slice(Math.max(0, at - MAX_BEFORE_MENTION), at));

const LEANS_ON = new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyOf(({ owners }) => owners?.before)})\\s+$`, "iu");
const ASSIGNS = new RegExp(`[,;]?\\s+(?:${anyOf(({ owners }) => owners?.assigned)})\\s+$`, "iu");

/** Whether a sentence needs who is mentioned at `at`, and would end in the air without: "talk to @ana", but not "assigned to @ana". */
export function leansOnMention(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - MAX_BEFORE_MENTION), at);
  return LEANS_ON.test(before) && !ASSIGNS.test(before);
}

/** Where the words begin that assign to who is mentioned at `at`: ", assigned to @ana"; `at` where there are none. */
export function assigningFrom(text: string, at: number): number {
  const from = Math.max(0, at - MAX_BEFORE_MENTION);
  return from + (ASSIGNS.exec(text.slice(from, at))?.index ?? at - from);
}

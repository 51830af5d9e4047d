/**
 * What could not be done, why, and what to do about it, in one line:
 *
 *   No overdue comment could be written on #12: it is locked. Unlock it to go on.
 */
import type { Piece, Trouble, Why } from "../tracking/trouble.js";
import { inertShort } from "./inert.js";
import type { Links } from "./links.js";

/** How numbers and people's texts are written. */
interface Manner {
  readonly number: (number: number) => string;
  readonly text: (text: string) => string;
}

/** For a terminal or a log. */
export const troubleLine = (trouble: Trouble): string =>
  words(trouble, { number: (number) => `#${number}`, text: (text) => text });

/** For a comment on GitHub: numbers are links, and people's texts do nothing. */
export const troubleWords = (trouble: Trouble, links: Links): string =>
  words(trouble, { number: (number) => `[#${number}](${links.issue(number)})`, text: (text) => inertShort(text, 160) });

function words({ piece, why, said }: Trouble, manner: Manner): string {
  if (why === "undone")
    return `${subject(piece, manner)}. It is written again less and less often; stop one of the two.`;
  const [reason, fix] = WHY[why];
  const quoted = QUOTED.has(why) && said ? ` (${manner.text(said)})` : "";
  // An answer is the one thing that is not made up for.
  const next = piece.kind === "reply" && fix === AGAIN ? "Nothing need be done." : fix;
  return `${subject(piece, manner)}: ${reason}${quoted}. ${next}`;
}

function subject(piece: Piece, { number, text }: Manner): string {
  switch (piece.kind) {
    case "issue":
      return piece.number === null
        ? `The issue for “${text(piece.title)}” could not be opened`
        : `${number(piece.number)} could not be brought up to date`;
    case "overdue":
      return `No overdue comment could be written on ${number(piece.number)}`;
    case "commands":
    case "pull-commands":
      return `Commands on ${number(piece.number)} could not be carried out`;
    case "section":
      return `Somebody, perhaps a bot, keeps changing back what Follow-Through writes into ${number(piece.number)}`;
    case "document":
      return `${text(piece.path)} could not be followed through`;
    case "status":
      return `The status comment on ${number(piece.number)} could not be written`;
    case "link":
      return `The link to the status comment could not be written on ${number(piece.number)}`;
    case "review":
      return `The reminder of the postmortem in ${number(piece.number)} could not be written`;
    case "ask":
      return `What lacks an owner or a date could not be asked about on ${number(piece.number)}`;
    case "reply":
      return `A command on ${number(piece.number)} was dealt with, but could not be answered there`;
    case "label":
      return `The label “${text(piece.name)}” could not be made`;
    case "digest":
      return "The weekly digest could not be posted";
    case "organisation-digest":
      return "The weekly digest of the organisation could not be posted";
    case "check":
      return `The check of ${number(piece.number)} could not be reported`;
  }
}

/** Where GitHub's own words say more than ours. */
const QUOTED: ReadonlySet<Why> = new Set(["invalid", "forbidden", "unassignable", "exists", "too-far"]);

const AGAIN = "It is tried again by itself.";

/** The reason, as the second half of a sentence, and what to do. */
const WHY: Record<Exclude<Why, "undone">, readonly [reason: string, fix: string]> = {
  missing: ["GitHub does not find it", "If it was deleted, nothing need be done."],
  gone: ["it was deleted", "Nothing need be done."],
  locked: ["it is locked", "Unlock it to go on."],
  blocked: [
    "whoever opened it, or owns the repository, has blocked the App",
    "Ask them to unblock it in their settings, under Moderation.",
  ],
  restricted: ["interactions are limited to some people right now", "It goes on by itself when the limit ends."],
  full: ["it has so many comments that GitHub takes no more", "Close it, and go on in a new one."],
  unassignable: ["GitHub does not take its assignees", "Name somebody who has access to the repository."],
  exists: ["it is there already", AGAIN],
  "too-long": ["the text is too long for GitHub", "Shorten what the postmortem says there."],
  "too-far": ["GitHub does not list so much", AGAIN],
  spam: ["GitHub takes it for spam", "If it is not, write to GitHub support."],
  legal: ["it is not available for legal reasons", "Write to GitHub support to learn more."],
  invalid: ["GitHub refuses it", AGAIN],
  forbidden: ["GitHub does not allow it", AGAIN],
  unread: ["reading it took too long or too much memory", "Make it shorter and simpler, or split it."],
};

/**
 * What merging files would do, as the check run of a pull request with all of them would say it. Nothing is asked of GitHub: every document is
 * new, and every login could be assigned.
 */
import type { PlainDate } from "../calendar.js";
import { whyNoPostmortem } from "../policy/matching.js";
import type { Postmortem } from "../postmortem/types.js";
import type { LeftAlone } from "../render/verdict.js";
import { isCopy } from "../tracking/copies.js";
import { type Forecast, foreseeAlone } from "../tracking/forecast.js";
import { areTooMany, isLongPast } from "../tracking/guards.js";
import type { ReadFile } from "./documents.js";
import { type NotRead, notRead } from "./not-read.js";
import { pathIn } from "./policy-file.js";

export interface Judged {
  readonly path: string;
  readonly title: string | null;
  /** Why nothing of it would be followed through; null where it would. */
  readonly leftAlone: LeftAlone | null;
  /** Why it could not be read as text, said behind its path; null where it could. */
  readonly notText: string | null;
  /** Nothing is written in it. */
  readonly isBlank: boolean;
  /** What would be done if it were followed through, whether it is or not. */
  readonly forecast: Forecast;
  /** Why its new items would not be opened: together these files bring too many, or it is a copy of one before it; null where they would. */
  readonly held: "many" | "copy" | null;
  /** The path of the file that it is a copy of; null where it is none. */
  readonly copyOf: string | null;
  /** The same, but only where a pull request edits it and does not add it: its incident is long past. */
  readonly heldIfEdited: boolean;
  readonly notRead: readonly NotRead[];
  /** The policy it was judged by. */
  readonly policy: ReadFile["loaded"];
}

/** Judges files that one pull request would bring. */
export function judge(files: readonly Omit<ReadFile, "bytes">[], today: PlainDate): Judged[] {
  const alone = files.map((file) => judgeAlone(file, today));
  const newItems = new Map<string | null, number>();
  const isFollowed = ({ leftAlone, forecast }: Judged) => leftAlone === null && forecast.fresh.length > 0;
  const copies = copiesAmong(files.filter((_, at) => alone[at] && isFollowed(alone[at])));
  const isNew = (one: Judged) => (isFollowed(one) && !copies.has(one.path) ? one.forecast.fresh.length : 0);
  for (const one of alone) newItems.set(one.policy.path, (newItems.get(one.policy.path) ?? 0) + isNew(one));
  return alone.map((one) => {
    const copyOf = copies.get(one.path) ?? null;
    const isHeld = isNew(one) > 0 && areTooMany(newItems.get(one.policy.path) ?? 0, one.policy.policy);
    return { ...one, copyOf, held: copyOf === null ? (isHeld ? "many" : null) : "copy" };
  });
}

/** Of files that are copies of one before them, by path, the path of that one. */
function copiesAmong(files: readonly Pick<ReadFile, "postmortem">[]): Map<string, string> {
  const copies = new Map<string, string>();
  const originals: Postmortem[] = [];
  const titlesOf = ({ items }: Postmortem) => items.map(({ title }) => title);
  const telling = ({ title, incident }: Postmortem) => ({ title, incident, blob: null });
  for (const { postmortem } of files) {
    const original = originals.find((one) =>
      isCopy(telling(postmortem), titlesOf(postmortem), telling(one), titlesOf(one)),
    );
    if (original) copies.set(postmortem.path, original.path);
    else originals.push(postmortem);
  }
  return copies;
}

function judgeAlone(
  { postmortem, loaded, explanation, notText, isBlank }: Omit<ReadFile, "bytes">,
  today: PlainDate,
): Judged {
  const { path, title, incident } = postmortem;
  const forecast = foreseeAlone(postmortem, loaded.policy, today);
  return {
    ...{ path, title, forecast, notText, isBlank },
    leftAlone: whyLeftAlone({ postmortem, loaded }),
    held: null,
    copyOf: null,
    heldIfEdited: forecast.fresh.length > 0 && isLongPast(incident, loaded.policy, today),
    // A problem may say so already, with what to do about it.
    notRead: (explanation === null ? [] : notRead(explanation)).filter(
      ({ line }) => !forecast.problems.some((problem) => problem.rule === "unread-section" && problem.line === line),
    ),
    policy: loaded,
  };
}

function whyLeftAlone({ postmortem, loaded }: Pick<ReadFile, "postmortem" | "loaded">): LeftAlone | null {
  const { policy, root } = loaded;
  const { path, optOut, form, items } = postmortem;
  if (!policy.enabled) return { kind: "switched-off" };
  if (optOut !== undefined) return { kind: "opted-out", by: optOut };
  const place = root === null ? null : pathIn(root, path);
  const outside = place === null ? null : whyNoPostmortem(policy)(place);
  if (outside !== null) return { kind: outside };
  return form !== undefined && items.length === 0 ? { kind: "template", why: form } : null;
}

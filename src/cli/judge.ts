/**
 * What merging files would do, as the check run of a pull request with all of them would say it. Nothing is asked of GitHub: every document is
 * new, and every login could be assigned.
 */
import type { PlainDate } from "../calendar.js";
import { whyNoPostmortem } from "../policy/matching.js";
import type { LeftAlone } from "../render/verdict.js";
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
  /** A guard would keep its new items from being opened: together these files bring too many. */
  readonly held: boolean;
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
  const isNew = ({ leftAlone, forecast }: Judged) => (leftAlone === null ? forecast.fresh.length : 0);
  for (const one of alone) newItems.set(one.policy.path, (newItems.get(one.policy.path) ?? 0) + isNew(one));
  return alone.map((one) => ({
    ...one,
    held: isNew(one) > 0 && areTooMany(newItems.get(one.policy.path) ?? 0, one.policy.policy),
  }));
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
    held: false,
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

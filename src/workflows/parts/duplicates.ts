/**
 * An issue that somebody closed as a duplicate goes on in another one: what became of that is asked of GitHub, and the item is done once that
 * is completed, where the work counts nowhere else (docs/adr/0027).
 */
import { dateIn } from "../../calendar.js";
import type { IssueFacts, Marked, MarkedFacts } from "../../github/port.js";
import type { Canonical, TrackedItem, TrackingIssue } from "../../tracking/types.js";
import type { Scene } from "./scene.js";

/** A duplicate of a duplicate of … is followed so far. */
const MOST_HOPS = 5;

/** The item with what became of the issue that its own is a duplicate of; as it is where that is open, or closed as something else. `facts`: its issue. */
export async function withCanonical(scene: Scene, item: TrackedItem, facts: IssueFacts): Promise<TrackedItem> {
  const { issue } = item;
  if (!issue || facts.closedAs !== "duplicate") return item;
  const found = item.sameAs ? await joinedWith(scene, item.sameAs.id) : await named(scene, facts.number);
  // What GitHub did not tell this time stays as it told it last.
  if (!found) return item;
  const { canonical, countsElsewhere } = found;
  const own = {
    ...issue,
    duplicateOf: canonical,
    closedAs: "duplicate",
    closedOn: dayOf(scene, facts.closedAt),
  } as const;
  const completed = canonical.kind === "issue" && !canonical.open && canonical.closedAs === "completed";
  if (!completed || countsElsewhere || (await isCounted(scene, canonical, issue))) return { ...item, issue: own };
  return { ...item, issue: { ...own, closedAs: "completed", closedOn: later(canonical.closedOn, item.openedOn) } };
}

interface Found {
  readonly canonical: Canonical;
  /** Whether the issue is that of an item, which is counted itself. */
  readonly countsElsewhere: boolean;
}

/** The item that one was joined with by command, whatever GitHub knows of that. */
async function joinedWith({ store, repository }: Scene, id: string): Promise<Found> {
  const issue = (await store.item(repository.id, id))?.issue;
  if (!issue) return { canonical: { kind: "nothing" }, countsElsewhere: true };
  const { number, open, closedOn, closedAs } = issue;
  return {
    canonical: { kind: "issue", number, open, closedOn, ...(closedAs && { closedAs }) },
    countsElsewhere: true,
  };
}

/** The issue at the end of the chain; of one that leads back to where it was, the last before. Null where GitHub does not tell. */
async function named(scene: Scene, number: number): Promise<Found | null> {
  const seen = new Set([`${scene.repository.id}#${number}`]);
  let marked = await scene.github.markedAs(number);
  for (let hops = 1; ; hops++) {
    if (marked === null) return null;
    if (!isShown(scene, marked)) return plain(marked === "nothing" ? "nothing" : "hidden");
    seen.add(keyOf(marked));
    if (marked.open || marked.closedAs !== "duplicate" || hops >= MOST_HOPS) return of(scene, marked, hops);
    const next: Marked | null = await scene.github.markedAs(marked.number, marked.repository);
    if (next === null) return null;
    if (next === "nothing" || (next !== "hidden" && seen.has(keyOf(next)))) return of(scene, marked, hops);
    marked = next;
  }
}

const keyOf = ({ repository, number }: MarkedFacts): string => `${repository.id}#${number}`;

const plain = (kind: "nothing" | "hidden"): Found => ({ canonical: { kind }, countsElsewhere: false });

/** Whether everybody who reads this repository may read of the issue. */
function isShown({ repository }: Scene, marked: Marked): marked is MarkedFacts {
  return (
    typeof marked === "object" && (marked.repository.id === repository.id || marked.repository.visibility === "public")
  );
}

async function of(scene: Scene, marked: MarkedFacts, hops: number): Promise<Found> {
  const { number, open, closedAs, closedAt, repository: home } = marked;
  const isHere = home.id === scene.repository.id;
  const canonical: Canonical = {
    kind: "issue",
    number,
    ...(!isHere && { home: `${home.owner}/${home.name}` }),
    ...((!isHere || hops > 1) && { again: true }),
    open,
    closedOn: dayOf(scene, closedAt),
    ...(closedAs && { closedAs }),
  };
  const item = home.id === null ? null : await scene.store.itemOfIssue(home.id, number);
  return { canonical, countsElsewhere: item !== null };
}

/** Whether the work counts for another duplicate of the same issue: for the oldest. */
async function isCounted(
  { store, repository }: Scene,
  canonical: Canonical,
  { number }: TrackingIssue,
): Promise<boolean> {
  if (canonical.kind !== "issue" || canonical.home !== undefined) return false;
  const others = await store.duplicatesOf(repository.id, canonical.number);
  return others.some(({ issue }) => issue !== null && issue.number < number);
}

const dayOf = ({ policy }: Scene, at: string | null): string | null =>
  at === null ? null : dateIn(policy.time_zone, new Date(at));

const later = (one: string | null, other: string | null): string | null =>
  one !== null && other !== null && other > one ? other : one;

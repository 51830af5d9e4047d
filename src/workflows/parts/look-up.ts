/**
 * Looking up at GitHub whom and what a document names, with answers that are kept for a while: a check that met a limit goes on
 * where it stopped, and a merge asks only what the check before it did not. What was not asked is never taken for a no.
 */
import { type Here, linkedIssueNumber } from "../../tracking/linked.js";
import { lookupsOf } from "../../tracking/lookups.js";
import type { Base, TrackedDocument, WhyUnassignable } from "../../tracking/types.js";
import { whyNotAssigned } from "./accounts.js";
import { linkedIssue } from "./linked-issue.js";
import type { LoadedDocument } from "./loaded-document.js";
import type { Scene } from "./scene.js";

/** How long an answer is kept. A yes that is wrong by then is put right by GitHub, which refuses the assignee. */
export const ANSWERS_KEPT_MS = 24 * 3_600_000;
/** Longer than the few hours in which GitHub's limits may have to begin again; access may be given meanwhile. */
const NO_KEPT_MS = 4 * 3_600_000;
/** Long enough for a merge that met a limit to go on where it stopped. */
const CERTAIN_NO_KEPT_MS = 10 * 60_000;

/** Of so many it is asked why they cannot be assigned: a document that names more such people means nobody of them. */
const MOST_WHYS = 10;

export interface Asking {
  /**
   * Whether a no that a check was given is not good enough: on a merge, before which access may have been given on account of that
   * check, and where somebody asks for a check again.
   */
  readonly certain: boolean;
  /** Whether there is room for one more request. */
  readonly mayAsk: () => boolean;
}

/** What is known of a document's people and linked issues. */
export interface Learnt {
  /** Who can be assigned. */
  readonly assignable: ReadonlySet<string>;
  /** Why others cannot be. */
  readonly unassignable: ReadonlyMap<string, WhyUnassignable>;
  /** Who was not asked about. */
  readonly unasked: ReadonlySet<string>;
  /** Linked issues that are there and can be followed. */
  readonly issues: ReadonlySet<number>;
  /** How many people and issues were left out since the document names so many. */
  readonly leftOut: number;
  /** How many were not asked about for want of room in GitHub's limits. */
  readonly postponed: number;
}

/**
 * Looks up a document's people, and with `issues` the issues its items link, the first hundred of both together. Whoever has an issue of it already
 * need not be asked about; whoever had one and has it no more may be gone.
 */
export async function lookUp(
  scene: Scene,
  { document, postmortem, tracked }: Pick<LoadedDocument, "document" | "postmortem" | "tracked">,
  asking: Asking,
  { issues }: { readonly issues: boolean },
): Promise<Learnt> {
  const { github, policy } = scene;
  const wanted = lookupsOf(postmortem.items, policy, issues ? hereOf(scene, document) : null);
  const assignable = new Set(tracked.flatMap(({ issue, written }) => (issue ?? written)?.assignees ?? []));
  const kept = await keptAnswers(scene, asking, [
    ...[...wanted.logins].map((login) => `assign ${login}`),
    ...[...wanted.issues].map((number) => `follow ${number}`),
  ]);
  const people = [...wanted.logins].filter((login) => !assignable.has(login) && !kept.has(`assign ${login}`));
  for (const login of await listedAmong(scene, asking, people)) assignable.add(login);
  const unasked = new Set(wanted.leftOut.logins);
  const unassignable = new Map<string, WhyUnassignable>();
  let postponed = 0;
  for (const login of wanted.logins) {
    if (assignable.has(login)) continue;
    const yes = await answer(scene, asking, kept, `assign ${login}`, () => github.canAssign(login));
    if (yes) assignable.add(login);
    if (yes === false) {
      const mayAsk = () => unassignable.size < MOST_WHYS && asking.mayAsk();
      unassignable.set(login, await whyNotAssigned(scene, login, mayAsk));
    }
    if (yes !== null) continue;
    unasked.add(login);
    postponed++;
  }
  const there = new Set<number>();
  for (const number of wanted.issues) {
    const yes = await answer(
      scene,
      asking,
      kept,
      `follow ${number}`,
      async () => (await linkedIssue(scene, number)) !== null,
    );
    if (yes) there.add(number);
    if (yes === null) postponed++;
  }
  for (const login of assignable) unasked.delete(login);
  return {
    assignable,
    unassignable,
    unasked,
    issues: there,
    leftOut: wanted.leftOut.logins.size + wanted.leftOut.issues.size,
    postponed,
  };
}

/**
 * Which of several people stand in the first list of those who can be assigned: one request instead of one each. Who does not
 * stand there is asked about by name, since the list is no proof of a no.
 */
async function listedAmong(scene: Scene, asking: Asking, people: readonly string[]): Promise<string[]> {
  if (people.length < 2 || !asking.mayAsk()) return [];
  const logins = await scene.github.someAssignable();
  const listed = people.filter((login) => logins.has(login));
  for (const login of listed) await keepAnswer(scene, asking, `assign ${login}`, true);
  return listed;
}

/** The issue of this repository that an item of the document links; null where it links none. */
export const linkedNumber = (
  scene: Scene,
  document: TrackedDocument,
  item: Pick<Base, "ref" | "refUrl" | "refWithin">,
): number | null => linkedIssueNumber(item, hereOf(scene, document));

const hereOf = ({ web, repository, links }: Scene, document: TrackedDocument): Here => ({
  web,
  ...repository,
  page: links.document(document),
});

/** Kept apart from what checks were told, which serves here only where it is a yes. */
const certainly = (question: string): string => `${question}, certainly`;

/** The answers among these that are young enough, by question. */
async function keptAnswers(
  { store, repository, now }: Scene,
  { certain }: Asking,
  questions: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const asked = new Map(
    questions.flatMap((one) =>
      certain ? [[one, one] as const, [certainly(one), one] as const] : [[one, one] as const],
    ),
  );
  const kept = new Map<string, boolean>();
  for (const { question, yes, at } of await store.answers(repository.id, [...asked.keys()])) {
    const about = asked.get(question) ?? question;
    const noKeptMs = !certain ? NO_KEPT_MS : question === about ? 0 : CERTAIN_NO_KEPT_MS;
    const age = now().getTime() - Date.parse(at);
    if (age >= 0 && age < (yes ? ANSWERS_KEPT_MS : noKeptMs)) kept.set(about, yes || kept.get(about) === true);
  }
  return kept;
}

/** The answer to one question: kept, or asked for now; null where there is no room to ask. */
async function answer(
  scene: Scene,
  asking: Asking,
  kept: ReadonlyMap<string, boolean>,
  about: string,
  ask: () => Promise<boolean>,
): Promise<boolean | null> {
  const known = kept.get(about);
  if (known !== undefined) return known;
  if (!asking.mayAsk()) return null;
  const yes = await ask();
  await keepAnswer(scene, asking, about, yes);
  return yes;
}

async function keepAnswer(
  { store, repository, now }: Scene,
  { certain }: Asking,
  about: string,
  yes: boolean,
): Promise<void> {
  const question = certain ? certainly(about) : about;
  await store.saveAnswer({ repositoryId: repository.id, question, yes, at: now().toISOString() });
}

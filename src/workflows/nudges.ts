/**
 * Overdue comments: one pass over what is due for a nudge in a repository. What an interrupted pass left in doubt is settled first. Then
 * the plan (tracking/voices.ts) is asked for the next comment, again after each, and each of its items is looked at on GitHub before, so
 * that nobody is reminded of what they closed a minute ago. Each comment is made once, however often a pass is restarted, and
 * takes the day of those it notifies, over all repositories of the installation (docs/adr/0022).
 */
import { dateIn, type PlainDate } from "../calendar.js";
import { Retryable } from "../errors.js";
import { Refused } from "../github/errors.js";
import { quietForMs } from "../policy/business-days.js";
import { renderAsk } from "../render/ask.js";
import { nudgesOf, parseNudgeMarker } from "../render/marker.js";
import { renderNudge } from "../render/nudge.js";
import type { Intent, Tables } from "../store/types.js";
import { withDerived } from "../tracking/decide.js";
import { type Move, sparedToday, subscribersIn } from "../tracking/moving.js";
import { hasNobody, isLacking, nextNumber, nudgeKey, parseNudgeKey } from "../tracking/nudging.js";
import { withAnswers } from "../tracking/outcomes.js";
import { resolveOwners } from "../tracking/owners.js";
import { ofItem, type Piece } from "../tracking/trouble.js";
import type { Nudge, Spared, TrackedItem } from "../tracking/types.js";
import { type Candidate, isAsked, isDue, isMuted, peopleOf, planVoices, type Voice } from "../tracking/voices.js";
import { refreshItem } from "./issue.js";
import type { Context } from "./parts/context.js";
import { noteDeparted } from "./parts/departed.js";
import { loadScene } from "./parts/load-scene.js";
import { whoHas } from "./parts/observe.js";
import { type Once, once, ownComments, settle } from "./parts/once.js";
import { attempt, forget, issuePiece } from "./parts/piece.js";
import { nudgeReviews } from "./parts/reviews.js";
import { type At, presentOf, type Scene } from "./parts/scene.js";
import { refreshStatus } from "./parts/status.js";

/** Far more than one pass tells; of more, those that wait longest are planned with. */
const MOST_PLANNED = 2_000;

/**
 * Comments on what is overdue, and reminds authors of postmortems that stay in review; returns how many comments were made.
 * @throws Retryable on a day off or in quiet hours, with how long they last; not where somebody asks for it at a terminal.
 */
export async function nudge(context: Context, at: At): Promise<number> {
  const found = await loadScene(context, at, { remembers: !context.eager });
  if (!found || found.repository.obstacle || !found.policy.nudges.enabled) return 0;
  // The schedule keeps to this too; but the work may have waited for GitHub until now.
  const waitMs = context.eager ? 0 : quietForMs(context.now(), found.policy);
  if (waitMs > 0) throw new Retryable("Nobody is nudged now: it waits.", { waitMs, blameless: true, undone: true });
  const scene = { ...found, patient: !context.eager };
  const pass = new Pass(scene);
  await pass.run();
  return pass.made + (await nudgeReviews(scene, found.policy.nudges.max_per_run - pass.made));
}

class Pass {
  made = 0;
  readonly #scene: Scene;
  /** By the item's id. */
  readonly #candidates = new Map<string, Candidate>();
  readonly #looked = new Set<string>();
  readonly #again = new Set<string>();
  readonly #reached = new Set<string>();
  /** Who is not to be told, and who is not to be mentioned: logins in lower case. */
  readonly #muted = new Set<string>();
  readonly #silent = new Set<string>();
  readonly #homes = new Set<number>();
  /** Whom GitHub notifies of a comment on an issue, by its number, as its timeline told. */
  readonly #subscribers = new Map<number, readonly string[]>();
  #refused = 0;
  #peopleLeft = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async run(): Promise<void> {
    for (const intent of await this.#scene.store.intents(this.#scene.repository.id)) await this.#settle(intent);
    await this.#gather();
    // Refusals are counted apart, so that they take nobody's place, and do not go on for ever.
    const most = this.#scene.policy.nudges.max_per_run;
    while (this.made < most && this.#refused < most) {
      const [voice] = planVoices({
        candidates: [...this.#candidates.values()],
        reached: this.#reached,
        muted: this.#muted,
        comments: most - this.made,
        peopleLeft: this.#peopleLeft,
        again: this.#again,
        policy: this.#scene.policy,
        today: this.#scene.today,
      });
      if (!voice) break;
      const unseen = [voice.lead, ...voice.others].filter(({ item }) => !this.#looked.has(item.id));
      for (const candidate of unseen) await this.#lookAt(candidate);
      if (unseen.length === 0) await this.#speak(voice);
    }
    for (const home of this.#homes) await refreshStatus(this.#scene, home);
  }

  /** What may be due; of what GitHub refused before, only what has waited, unless somebody asks. */
  async #gather(): Promise<void> {
    const { store, repository, today, policy, troubles, patient, now } = this.#scene;
    const waits = new Set<string>();
    for (const { piece, notBefore } of troubles.values()) {
      if (piece.kind !== "issue" && piece.kind !== "overdue") continue;
      this.#again.add(piece.item);
      if (patient && notBefore > now().toISOString()) waits.add(piece.item);
    }
    const documents = new Map((await store.documentsOf(repository.id)).map((document) => [document.id, document]));
    const askedOn = new Map<number, PlainDate | null>();
    for (const item of await store.itemsToNudge(repository.id, today, MOST_PLANNED)) {
      const document = documents.get(item.documentId);
      if (!document || waits.has(item.id)) continue;
      const { teams } = resolveOwners(item.base, policy);
      const { home } = document;
      if (home !== null && isLacking(item, teams) && !askedOn.has(home)) askedOn.set(home, await this.#askedOn(home));
      const pull = home === null ? null : { number: home, askedOn: askedOn.get(home) ?? null };
      this.#candidates.set(item.id, { item, document, teams, ...(pull && { pull }) });
    }
    for (const [person, how] of Object.entries(policy.mute)) {
      if (how !== "never") this.#silent.add(person);
      if (how === "always") this.#muted.add(person);
    }
    for (const { person } of await store.mutedOn(repository.installationId, today)) {
      this.#silent.add(person);
      this.#muted.add(person);
    }
    const taken = await store.reachedSince(repository.installationId, presentOf(this.#scene).since);
    for (const { person } of taken) this.#reached.add(person);
    this.#peopleLeft =
      policy.nudges.max_per_day - taken.filter(({ repositoryId }) => repositoryId === repository.id).length;
  }

  /** The day on which it was last asked on a pull request for what its items lack. */
  async #askedOn(home: number): Promise<PlainDate | null> {
    const { store, repository } = this.#scene;
    const days: PlainDate[] = [];
    for (const { id } of await store.documentsAtHome(repository.id, home))
      for (const { nudges } of await store.itemsOf(repository.id, id))
        days.push(...nudges.flatMap(({ ask, on }) => (ask ? [on] : [])));
    return days.sort().at(-1) ?? null;
  }

  /** Looks at an item's issue as it is now; what GitHub does not show now is left out of this pass. */
  async #lookAt(candidate: Candidate): Promise<void> {
    const { item, document } = candidate;
    this.#looked.add(item.id);
    if (document.home) this.#homes.add(document.home);
    const seen = await attempt(this.#scene, issuePiece(item), async () =>
      noteDeparted(this.#scene, document, await refreshItem(this.#scene, document, item)),
    );
    if (!seen.done || (await this.#isSpared({ ...candidate, item: seen.value }))) this.#leaveOut(item);
    else {
      const subscribers = this.#subscribers.get(item.issue?.number ?? 0) ?? [];
      this.#candidates.set(item.id, { ...candidate, item: seen.value, subscribers });
    }
  }

  /** Whether the item moves, so that it is left alone, which is recorded; one request, for what is about to be nudged alone. */
  async #isSpared(candidate: Candidate): Promise<boolean> {
    const { store, policy, today } = this.#scene;
    const { item } = candidate;
    const number = item.issue?.number;
    if (number === undefined || !isDue(candidate, policy, today)) return false;
    const people = peopleOf(candidate);
    const isKnown = item.issue?.blockedBy || isMuted(candidate, this.#muted);
    const moves = isKnown ? [] : await this.#movesOf(number);
    const answered = withAnswers(item, moves ?? [], people);
    const spared: Spared | null = isMuted(candidate, this.#muted)
      ? { on: today, why: "muted" }
      : sparedToday({ item, isLacking: isAsked(candidate), moves, people, every: policy.nudges.every, today });
    if (spared === null && answered === item) return false;
    const next = withDerived({ ...answered, ...(spared && { spared }) }, policy, whoHas(item));
    await store.saveItem(next);
    // What was answered stands in the issue's marker.
    if (answered !== item)
      await attempt(this.#scene, issuePiece(next), () => refreshItem(this.#scene, candidate.document, next));
    return spared !== null;
  }

  /** What GitHub shows to have been done about an issue; null where it refuses to tell. */
  async #movesOf(number: number): Promise<Move[] | null> {
    const { github, policy } = this.#scene;
    try {
      const timeline = await github.moves(number);
      this.#subscribers.set(number, subscribersIn(timeline));
      return timeline.flatMap(({ kind, by, at, open }): Move[] =>
        kind === "comment" || kind === "commit" || kind === "pull"
          ? [{ kind, by, on: dateIn(policy.time_zone, new Date(at)), open }]
          : [],
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Where the whole repository is out of sight, this throws.
      await github.repository();
      return null;
    }
  }

  #leaveOut({ id }: TrackedItem): void {
    this.#candidates.delete(id);
  }

  /** Makes one comment, unless another repository took somebody's day meanwhile. */
  async #speak(voice: Voice): Promise<void> {
    const { store, repository } = this.#scene;
    const { lead, others, people, alongside, ask } = voice;
    const key = nudgeKey({ item: lead.item.id, n: nextNumber(lead.item), ...(ask !== null && { ask: true }) });
    const at = { installationId: repository.installationId, repositoryId: repository.id };
    if (!(await store.reach({ ...at, people, alongside, ...presentOf(this.#scene), key }))) {
      for (const { person } of await store.reachedSince(at.installationId, presentOf(this.#scene).since))
        this.#reached.add(person);
      // Where the other gave it back by now, the next pass tells it.
      this.#leaveOut(lead.item);
      return;
    }
    const told = await attempt(this.#scene, ask === null ? overduePiece(lead.item) : askPiece(ask), () =>
      comment(this.#scene, voice, key, [...this.#silent]),
    );
    if (!told.done) {
      this.#refused++;
      if (ask === null) this.#leaveOut(lead.item);
      else this.#without(ask);
      await store.releaseReach(at.installationId, at.repositoryId, key);
      return;
    }
    this.made++;
    this.#peopleLeft -= people.length;
    for (const person of [...people, ...alongside]) this.#reached.add(person);
    for (const candidate of ask === null ? [] : this.#askedAt(ask))
      this.#candidates.set(candidate.item.id, { ...candidate, pull: { number: ask ?? 0, askedOn: this.#scene.today } });
    for (const { item } of [lead, ...others]) {
      this.#leaveOut(item);
      await forget(this.#scene, overduePiece(item));
    }
  }

  readonly #askedAt = (pull: number): Candidate[] =>
    [...this.#candidates.values()].filter((candidate) => candidate.pull?.number === pull);

  /** The pull request takes no comment: what is overdue without owner is asked about on its issue. */
  #without(pull: number): void {
    for (const { pull: _, ...candidate } of this.#askedAt(pull)) this.#candidates.set(candidate.item.id, candidate);
  }

  /** What came of a comment that a pass before this one began and did not record. */
  async #settle(intent: Intent): Promise<void> {
    const { store, repository } = this.#scene;
    const nudge = parseNudgeKey(intent.key);
    if (!nudge) return;
    const item = await store.item(repository.id, nudge.item);
    if (!item?.issue) return store.finishIntent(repository.id, intent.key);
    const home = nudge.ask && (await store.document(repository.id, item.documentId))?.home;
    const number = home ?? item.issue.number;
    const settled = await attempt(this.#scene, home ? askPiece(home) : overduePiece(item), () =>
      settle(this.#scene, intent, findAndRecord(this.#scene, { ...nudge, on: this.#scene.today }, number)),
    );
    if (settled.done && settled.value === null)
      await store.releaseReach(repository.installationId, repository.id, intent.key);
  }
}

const overduePiece = (item: TrackedItem): Piece => ({
  kind: "overdue",
  ...ofItem(item),
  number: item.issue?.number ?? 0,
});

const askPiece = (number: number): Piece => ({ kind: "ask", number });

async function comment(
  scene: Scene,
  { lead, others, people, alongside, ask, rung, more }: Voice,
  key: string,
  silent: readonly string[],
): Promise<void> {
  const { github, links, today } = scene;
  const { item, document, teams } = lead;
  const number = ask ?? item.issue?.number ?? 0;
  const nudge: Nudge = {
    ...{ n: nextNumber(item), on: today },
    ...(rung && { rung: rung.after }),
    ...(ask !== null && { ask: true }),
  };
  const listed = others.map((other) => other.item);
  const said = { item, document, nudge, links, today, others: listed, more, to: [...people, ...alongside], silent };
  const unowned = new Set([lead, ...others].filter((one) => hasNobody(one.item, one.teams)).map((one) => one.item.id));
  const body = ask === null ? renderNudge({ ...said, teams, rung }) : renderAsk({ ...said, unowned });
  await once(scene, {
    key,
    ...findAndRecord(scene, { item: item.id, ...nudge }, number),
    create: () => github.createComment(number, body),
  });
}

type Made = Awaited<ReturnType<typeof ownComments>>[number];

/** How the comment of a nudge is found on its issue, and recorded with every item it lists, as its marker says. */
function findAndRecord(
  scene: Scene,
  nudge: Nudge & { readonly item: string },
  number: number,
): Pick<Once<Made>, "find" | "record"> {
  return {
    find: async (since) => {
      const comments = await ownComments(scene, number, since);
      return comments.find(({ body }) => isNudge(body, nudge)) ?? null;
    },
    record: async (tables, { body }) => {
      const said = parseNudgeMarker(body) ?? { ...nudge, also: [], to: [] };
      for (const told of nudgesOf(said)) await recordNudge(scene, tables, told.item, told.nudge);
    },
  };
}

/** Adds a nudge to an item, once. */
async function recordNudge({ repository, policy }: Scene, tables: Tables, id: string, nudge: Nudge): Promise<void> {
  const item = await tables.item(repository.id, id);
  if (!item || item.nudges.some(({ n }) => n === nudge.n)) return;
  await tables.saveItem(withDerived({ ...item, nudges: [...item.nudges, nudge] }, policy, whoHas(item)));
}

function isNudge(body: string, { item, n }: { readonly item: string; readonly n: number }): boolean {
  const found = parseNudgeMarker(body);
  return found?.item === item && found.n === n;
}

/**
 * A rolling issue: its text shows how things stand now, and one comment a week is its history. Where it was closed, locked, deleted or
 * transferred, another is opened in its place: at once the first time, then once a week at most, so that nobody's bot makes it a flood.
 */
import { addDays, type PlainDate } from "../../calendar.js";
import { Refused } from "../../github/errors.js";
import type { IssueFacts } from "../../github/port.js";
import type { Work } from "../../jobs/work.js";
import { DIGEST_TITLE, digestHash, type OfIssue } from "../../render/digest.js";
import { fingerprint, markerKey, type RollingKind, rollingKind } from "../../render/marker.js";
import { ORGANISATION_DIGEST_TITLE } from "../../render/organisation.js";
import { pieceKey, type Trouble } from "../../tracking/trouble.js";
import type { Kept, Repository, WhyReplaced } from "../../tracking/types.js";
import { leaveToNewer } from "./newer.js";
import { once, ownComments } from "./once.js";
import { attempt, forget } from "./piece.js";
import type { Scene } from "./scene.js";

export interface Rolling {
  readonly kind: RollingKind;
  /** The week it is in, by its Monday. */
  readonly week: PlainDate;
  /** The issue's text as it is to stand now. */
  readonly text: (of: OfIssue) => string;
  /** This week's comment, with its marker. */
  readonly comment: (week: PlainDate) => string;
  /** What is to be done once it is written, or was refused: whoever is told elsewhere need not wait for GitHub. */
  readonly wants: readonly Work[];
}

interface Read {
  readonly issue: number | null;
  readonly kept: Kept | undefined;
}

/** What there is of each kind, by which it is known again. */
const KINDS = {
  digest: {
    title: DIGEST_TITLE,
    weekMarker: "digest-week",
    opening: "digest-issue",
    read: ({ digestIssue, digestKept }: Repository): Read => ({ issue: digestIssue, kept: digestKept }),
    change: (digestIssue: number, digestKept: Kept): Partial<Repository> => ({ digestIssue, digestKept }),
    told: ({ digestTold }: Repository): PlainDate | undefined => digestTold,
    changeTold: (digestTold: PlainDate): Partial<Repository> => ({ digestTold }),
  },
  "organisation-digest": {
    title: ORGANISATION_DIGEST_TITLE,
    weekMarker: "organisation-week",
    opening: "organisation-digest-issue",
    read: ({ organisationDigest, organisationKept }: Repository): Read => ({
      issue: organisationDigest ?? null,
      kept: organisationKept,
    }),
    change: (organisationDigest: number, organisationKept: Kept): Partial<Repository> => ({
      organisationDigest,
      organisationKept,
    }),
    told: ({ organisationTold }: Repository): PlainDate | undefined => organisationTold,
    changeTold: (organisationTold: PlainDate): Partial<Repository> => ({ organisationTold }),
  },
} as const;

/** Renewed so long after it was last written at the earliest: the sweep that comes hourly finds it due each time. */
const RENEWED_AFTER_MS = 55 * 60_000;
/** After an issue took the place of another, the next does so this much later. */
const REPLACED_AFTER_DAYS = 7;

const keyOf = ({ kind, week }: Rolling): string => `${kind}:${week}`;

const troubleOf = ({ troubles }: Scene, { kind }: Rolling): Trouble | null => troubles.get(pieceKey({ kind })) ?? null;

/** Whether this week's comment was written. */
export async function isPosted({ store, repository }: Scene, rolling: Rolling): Promise<boolean> {
  return (await store.comment(repository.id, keyOf(rolling))) !== null;
}

/** Writes this week's comment, once, and renews the text; returns whether it went well. */
export async function post(scene: Scene, rolling: Rolling): Promise<boolean> {
  const hadTrouble = troubleOf(scene, rolling) !== null;
  let issue: number | null = null;
  const posted = await attempt(scene, { kind: rolling.kind }, async () => {
    issue = await renewIssue(scene, rolling);
    await commentOnce(scene, issue, rolling);
  });
  if (!posted.done) await tellAllTheSame(scene, rolling);
  // It may take no comment and yet be edited: then its own text says so, and once it was fixed, no more.
  if (issue !== null && posted.done === hadTrouble) await renewText(scene, issue, rolling);
  return posted.done;
}

/** The week's comment is refused, and tried again for long: channels are told meanwhile, once. */
async function tellAllTheSame({ store, repository, wall }: Scene, { kind, week, wants }: Rolling): Promise<void> {
  const { told, changeTold } = KINDS[kind];
  if (wants.length === 0) return;
  await store.transaction(async (tables) => {
    const now = await tables.repository(repository.id);
    if (!now || told(now) === week) return;
    await tables.changeRepository(repository.id, changeTold(week));
    for (const work of wants) await tables.enqueue(work, wall(), { gently: true });
  });
}

/** Whether the text may be written again by now, where there is an issue. */
export function isRenewalDue({ repository, githubTime }: Scene, kind: Rolling["kind"]): boolean {
  const { issue, kept } = KINDS[kind].read(repository);
  return issue !== null && (!kept || githubTime().getTime() - Date.parse(kept.renewedAt) >= RENEWED_AFTER_MS);
}

/** Has the text show what is so now; writes nothing where it does. Where this week's comment is still owed, its trouble stays. */
export async function renew(scene: Scene, rolling: Rolling): Promise<void> {
  const renewed = await attempt(scene, { kind: rolling.kind }, () => renewIssue(scene, rolling), { isLast: false });
  if (renewed.done && (await isPosted(scene, rolling))) await forget(scene, { kind: rolling.kind });
}

async function renewText(scene: Scene, issue: number, rolling: Rolling): Promise<void> {
  const { kept } = KINDS[rolling.kind].read((await scene.store.repository(scene.repository.id)) ?? scene.repository);
  const body = rolling.text({ trouble: troubleOf(scene, rolling), instead: kept?.instead });
  await scene.github.updateIssue(issue, { body }).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
}

async function commentOnce(scene: Scene, issue: number, rolling: Rolling): Promise<void> {
  const { repository, github, wall } = scene;
  const { weekMarker } = KINDS[rolling.kind];
  const key = keyOf(rolling);
  await once(scene, {
    key,
    find: async (since) => {
      const comments = await ownComments(scene, issue, since);
      return comments.find(({ body }) => markerKey(body, weekMarker) === rolling.week) ?? null;
    },
    create: () => github.createComment(issue, rolling.comment(rolling.week)),
    async record(tables, { id, body }) {
      const hash = fingerprint(body);
      await tables.saveComment({ key, repositoryId: repository.id, number: issue, commentId: id, hash });
      const stored = await tables.repository(repository.id);
      // In the same transaction, so that no channel is forgotten and none is told twice.
      const wants = stored && KINDS[rolling.kind].told(stored) === rolling.week ? [] : rolling.wants;
      for (const work of wants) await tables.enqueue(work, wall(), { gently: true });
    },
  });
}

/** The issue with its text as it is to be; opened where there is none that people can answer on. Returns its number. */
async function renewIssue(scene: Scene, rolling: Rolling): Promise<number> {
  const { github, store, repository, githubTime } = scene;
  const { read, change } = KINDS[rolling.kind];
  const { issue: number, kept } = read(repository);
  const current = number === null ? null : await github.issue(number);
  if (current) await leaveToNewer(scene, current);
  const why = number === null ? null : whyReplaced(current);
  if (number === null || current === null || (why !== null && mayReplace(kept, scene.today))) {
    const of = why === null || number === null ? {} : { instead: { of: number, why, on: scene.today } };
    return openAnother(scene, rolling, of);
  }
  const body = rolling.text({ trouble: troubleOf(scene, rolling), instead: kept?.instead });
  if (digestHash(current.body) !== digestHash(body)) {
    await github.updateIssue(current.number, { body });
    await store.changeRepository(
      repository.id,
      change(current.number, { ...kept, renewedAt: githubTime().toISOString() }),
    );
  }
  return current.number;
}

function whyReplaced(issue: IssueFacts | null): WhyReplaced | null {
  if (issue === null) return "gone";
  if (!issue.open) return "closed";
  return issue.locked ? "locked" : null;
}

const mayReplace = (kept: Kept | undefined, today: PlainDate): boolean =>
  !kept?.instead || kept.instead.on <= addDays(today, -REPLACED_AFTER_DAYS);

async function openAnother(scene: Scene, rolling: Rolling, of: Pick<Kept, "instead">): Promise<number> {
  const { github, repository, githubTime } = scene;
  const { title, opening, change } = KINDS[rolling.kind];
  const body = rolling.text({ trouble: troubleOf(scene, rolling), ...of });
  const made = await once(scene, {
    key: opening,
    find: async (since) =>
      (await github.ownIssuesSince(since)).find(
        (issue) => whyReplaced(issue) === null && rollingKind(issue.body) === rolling.kind,
      ) ?? null,
    create: () => github.createIssue({ title, body, labels: [], assignees: [] }),
    record: async (tables, issue) => {
      await tables.changeRepository(
        repository.id,
        change(issue.number, { renewedAt: githubTime().toISOString(), ...of }),
      );
    },
  });
  return made.number;
}

/**
 * Creating things exactly once. Before a create is sent, the intent is recorded; after it, the result, in one transaction
 * with the intent's end. A process that dies in between, or an answer that never came, leaves the intent behind: the next
 * run first looks for what may have come of it, among the things the App's bot made since, by marker. "Since" is GitHub's
 * word (docs/adr/0013). GitHub's search plays no part (its index lags), and a list can lag too, so after an empty first look
 * there is a second, a little later.
 */
import { AuthorProblem, Retryable } from "../../errors.js";
import { Refused } from "../../github/errors.js";
import type { CommentFacts } from "../../github/port.js";
import { fingerprint } from "../../render/marker.js";
import type { Intent, Tables } from "../../store/types.js";
import { leaveToNewer } from "./newer.js";
import type { Scene } from "./scene.js";

/** How much earlier to look than the intent says: the clocks of GitHub's own machines differ a little. */
const SKEW_MS = 5 * 60_000;
const SECOND_LOOK_MS = 5_000;

/** From when on to look for the result of something begun at an ISO instant of GitHub's; 1970 stays 1970. */
export const withSkew = (startedAt: string): string =>
  new Date(Math.max(0, Date.parse(startedAt) - SKEW_MS)).toISOString();

/** What of a scene it takes to make something once. */
type Place = Pick<Scene, "store" | "repository" | "githubTime">;

export interface Once<T> {
  /** Names the thing, unique in the repository. */
  readonly key: string;
  /** Looks for it among what was made since an ISO instant. */
  readonly find: (since: string) => Promise<T | null>;
  readonly create: () => Promise<T>;
  /** Records it; runs in the transaction that ends the intent. */
  readonly record: (tables: Tables, made: T) => Promise<void>;
}

/**
 * What came of a write that was begun and not recorded: found, it is recorded and returned; null, and the intent ended, where two looks
 * apart show that nothing came of it.
 * @throws Retryable where the second look is still to come.
 */
export async function settle<T>(
  { store, repository, githubTime }: Place,
  intent: Intent,
  { find, record }: Pick<Once<T>, "find" | "record">,
): Promise<T | null> {
  const { key } = intent;
  const found = await find(withSkew(intent.startedAt));
  if (found) {
    await store.transaction(async (tables) => {
      await record(tables, found);
      await tables.finishIntent(repository.id, key);
    });
    return found;
  }
  // By GitHub's clock too, so that no jump of ours makes the second look follow the first at once.
  const apartMs = intent.lookedAt === null ? -1 : githubTime().getTime() - Date.parse(intent.lookedAt);
  if (apartMs < 0) await store.saveLook(repository.id, key, githubTime());
  const waitMs = SECOND_LOOK_MS - Math.max(0, apartMs);
  if (waitMs > 0) throw new Retryable("Looking once more before trying again", { waitMs, blameless: true });
  await store.finishIntent(repository.id, key);
  return null;
}

/** Makes sure the thing exists and is recorded; returns it. A refusal that is certain ends the intent and is thrown on. */
export async function once<T>(scene: Place, { key, find, create, record }: Once<T>): Promise<T> {
  const { store, repository, githubTime } = scene;
  const finish = async (made: T): Promise<T> => {
    await store.transaction(async (tables) => {
      await record(tables, made);
      await tables.finishIntent(repository.id, key);
    });
    return made;
  };
  const intent = await store.beginIntent(repository.id, key, githubTime());
  if (!intent.fresh) {
    const found = await settle(scene, intent, { find, record });
    if (found) return found;
    await store.beginIntent(repository.id, key, githubTime());
  }
  try {
    return await finish(await create());
  } catch (error) {
    // An answer that never came leaves doubt; a limit or a refusal is certain that nothing was made.
    const certain =
      error instanceof Retryable ? error.undone : error instanceof AuthorProblem || error instanceof Refused;
    if (certain) await store.finishIntent(repository.id, key);
    throw error;
  }
}

/** The App's own comments on an issue or pull request, oldest first: only in these does a marker count. */
export async function ownComments({ github }: Scene, number: number, since?: string): Promise<CommentFacts[]> {
  return (await github.comments(number, since)).filter((comment) => comment.author === github.bot);
}

export interface Keep {
  /** `status:12`, unique within the repository. */
  readonly key: string;
  /** Where it is to stand. */
  readonly number: number;
  readonly body: string;
  /** Whether a comment of the bot is this one. */
  readonly isThis: (body: string) => boolean;
  /** The comments among which it would be found, as GitHub just told them; left out, they are listed. */
  readonly listed?: readonly CommentFacts[] | undefined;
}

/**
 * Keeps one comment in one place: edits it in place, writes nothing where nothing changed, and writes it again only where
 * a person deleted it.
 */
export async function keepComment(scene: Scene, { key, number, body, isThis, listed }: Keep): Promise<void> {
  const { store, repository, github } = scene;
  const hash = fingerprint(body);
  const kept = await store.comment(repository.id, key);
  if (kept?.hash === hash) return;
  const record = (tables: Tables, comment: Pick<CommentFacts, "id" | "number">) =>
    tables.saveComment({ key, repositoryId: repository.id, number: comment.number, commentId: comment.id, hash });
  if (kept && (await github.updateComment(kept.commentId, body))) {
    await record(store, { id: kept.commentId, number: kept.number });
    return;
  }
  if (kept) await store.forgetComment(repository.id, key);
  const among = async (own: readonly CommentFacts[]) => {
    for (const comment of own) await leaveToNewer(scene, comment);
    return own.find((comment) => isThis(comment.body)) ?? null;
  };
  const find = async (since?: string) => among(await ownComments(scene, number, since));
  // An unknown comment is looked for even where no intent tells of it: the database may have been lost in between.
  const isOwn = ({ author }: CommentFacts) => author === github.bot;
  const existing = kept ? null : await (listed ? among(listed.filter(isOwn)) : find());
  const intent = `comment:${key}`;
  if (existing) {
    // What already says so is not edited: as it was written, some of it counts for more.
    if (fingerprint(existing.body) !== hash) await github.updateComment(existing.id, body);
    await store.transaction(async (tables) => {
      await record(tables, existing);
      // It may be what a try that was killed had made.
      await tables.finishIntent(repository.id, intent);
    });
    return;
  }
  await once(scene, { key: intent, find, create: () => github.createComment(number, body), record });
}

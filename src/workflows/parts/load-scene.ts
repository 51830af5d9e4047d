/**
 * Sets the scene for work in one repository: its facts and policy as they are now, read from GitHub. A repository seen
 * for the first time (or for the first time since the database was lost, or put back from an older copy) has its projection built first, so
 * that no workflow ever mistakes an empty database for an empty repository.
 */
import { dateIn } from "../../calendar.js";
import { OutOfSight, Retryable } from "../../errors.js";
import { Refused } from "../../github/errors.js";
import type { GitHub, PullFacts, RepositoryFacts } from "../../github/port.js";
import { linksOf } from "../../render/links.js";
import { pieceKey } from "../../tracking/trouble.js";
import type { Repository } from "../../tracking/types.js";
import { rebuildRepository } from "../rebuild.js";
import { isBehind } from "./behind.js";
import type { Context } from "./context.js";
import { withHolidays } from "./holidays.js";
import { findPolicy } from "./policy.js";
import { type At, type Scene, updateRepository } from "./scene.js";

/**
 * Loads the scene, or null where there is nothing to do: the installation is suspended or gone, the repository is a fork,
 * or the policy says `enabled: false`. What was seen is recorded, and the projection built where it is not there yet.
 * @throws OutOfSight where GitHub shows no such installation or repository, and that is news; Retryable where the projection cannot be
 *   built, since GitHub refuses what it is built from.
 */
export async function loadScene(context: Context, at: At, looking: Looking = {}): Promise<Scene | null> {
  const found = await approach(context, at);
  const viewed = found && (await viewScene(context, at, found, looking));
  if (!viewed) return null;
  const { store, repository, policy } = viewed;
  const { id, installationId, owner, name, defaultBranch, visibility = "private", obstacle, lostAt } = repository;
  const { policyText, policyOrigin, policyProblems } = repository;
  const facts = { installationId, owner, name, defaultBranch, visibility, obstacle, lostAt };
  const seen = { ...facts, policyText, policyOrigin, policyProblems };
  const recorded = await store.changeRepository(id, seen);
  if (!recorded) await store.saveRepository(repository);
  if (!policy.enabled) return null;
  const known = { ...viewed, repository: recorded ?? repository };
  if (obstacle) return known;
  const isBuilt = known.repository.rebuiltAt !== null && !(await isBehind(known));
  if (isBuilt) return known;
  const scene = await build(known);
  context.abreast?.set(id, Number.POSITIVE_INFINITY);
  return scene;
}

/**
 * The scene with its projection built. Where GitHub does not show what the App wrote there, nothing can be done: it would be done twice. So
 * that is told, and tried again.
 */
async function build(scene: Scene): Promise<Scene> {
  try {
    return { ...scene, repository: await rebuildRepository(scene) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // As GitHub also refuses where the whole repository is out of sight: then this throws.
    await scene.github.repository();
    const why = `What Follow-Through wrote here before cannot be read: GitHub refuses it (${error.status} ${error.message}).`;
    await updateRepository(scene, { obstacle: `${why} Nothing is done until it can be; it is tried again by itself.` });
    // Whoever waits at a terminal is told at once.
    if (scene.eager) throw error;
    throw new Retryable(why, { cause: error });
  }
}

/** How a repository is looked at; left out, by asking for its facts and its policy. */
export interface Looking {
  /** Whether the policy will do as it was last read, where nothing tells that it is another. */
  readonly remembers?: boolean;
  /** Looks at something in it that GitHub tells together with the facts. */
  readonly facts?: (github: GitHub) => Promise<RepositoryFacts>;
}

/** A pull request, and the scene with the facts that GitHub told with it: null and null where {@link loadScene} gives none. */
export async function loadPull(
  context: Context,
  at: At & { readonly number: number },
  remembers: boolean,
): Promise<{ readonly scene: Scene; readonly pull: PullFacts | null } | null> {
  const looked = new LookAtPull(at.number, remembers);
  const scene = await loadScene(context, at, looked);
  return scene && { scene, pull: looked.pull };
}

/** Looks at a repository by one of its pull requests. */
export class LookAtPull implements Looking {
  /** Null where there is none. */
  pull: PullFacts | null = null;

  constructor(
    private readonly number: number,
    readonly remembers: boolean,
  ) {}

  readonly facts = async (github: GitHub): Promise<RepositoryFacts> => {
    try {
      this.pull = await github.pull(this.number);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // As GitHub also refuses where the whole repository is out of sight: then this throws.
      await github.repository();
      throw error;
    }
    return this.pull?.repository ?? github.repository();
  };
}

/** A repository as it was last known, and GitHub seen by its name of then. */
export interface Approach {
  readonly known: Repository;
  readonly github: GitHub;
  readonly installationId: number;
}

/** Finds the repository; null where the installation is suspended or gone, or has no such repository. */
export async function approach(context: Context, at: At): Promise<Approach | null> {
  const { store, app } = context;
  const stored = await store.repository(at.repositoryId);
  // The work is from before a transfer, or tells of one: GitHub knows which.
  const moved = stored !== null && stored.installationId !== at.installationId;
  const installationId = moved ? await app.installationOf(stored) : at.installationId;
  const installation = installationId === null ? null : await store.installation(installationId);
  if (installationId === null || installation?.suspended || installation?.removedAt) return null;
  const known = stored ?? (await findRepository(context, at));
  return known && { known, github: await app.in(installationId, known), installationId };
}

/**
 * The repository as it is now: its facts and policy, read from GitHub, and nothing recorded or built; null where it is a
 * fork or known to be lost. Whether the policy is `enabled` is the caller's to ask.
 */
export async function viewScene(
  context: Context,
  at: At,
  approached: Approach,
  { facts: look = (github) => github.repository(), remembers = false }: Looking = {},
): Promise<Scene | null> {
  const { web, now } = context;
  const { known } = approached;
  const facts = await look(approached.github).catch((error: unknown) => nullIfLost(known, error));
  if (!facts) return null;
  // Its own name, or its owner's, changed unheard, and somebody else took the old one. Where it is now, the installation tells.
  if (facts.id !== at.repositoryId)
    return nullIfLost(known, new OutOfSight("Another repository stands at this name now"));
  if (facts.fork) return null;
  const arrived = await arrive(context, approached, facts);
  if (!arrived) return null;
  const { github, installationId } = arrived;

  const { loaded, origin, path, obstacle } = await policyOf(context, github, known, facts, !remembers);
  const { owner, name, defaultBranch, visibility } = facts;
  const repository: Repository = {
    ...known,
    installationId,
    owner,
    name,
    defaultBranch,
    visibility,
    obstacle: obstacleOf(facts) ?? obstacle,
    lostAt: null,
    policyText: loaded.text,
    policyOrigin: origin,
    policyProblems: loaded.problems,
  };
  const today = dateIn(loaded.policy.time_zone, now());
  return {
    ...context,
    github,
    repository,
    loaded,
    policy: await withHolidays(context, loaded.policy, today),
    links: linksOf(web, repository, origin, path),
    today,
    troubles: new Map(
      (await context.store.troubles(repository.id)).map((trouble) => [pieceKey(trouble.piece), trouble]),
    ),
    patient: false,
  };
}

function policyOf(context: Context, github: GitHub, known: Repository, facts: RepositoryFacts, asked: boolean) {
  const { policies, log } = context;
  return policies ? policies.find(context, github, known, facts, asked) : findPolicy(github, known, facts, log);
}

function obstacleOf({ archived, hasIssues }: RepositoryFacts): string | null {
  if (archived) return "This repository is archived, so nothing can be opened in it. Unarchive it to go on.";
  return hasIssues
    ? null
    : "Issues are switched off in this repository. Switch them on in its settings, under Features.";
}

/**
 * GitHub leads on from the name before a renaming; from here on the new one is used, since answers are compared with it. Under
 * another owner, who may just have changed their name, the installation may be another too; null where there is known to be none.
 */
async function arrive({ app }: Context, approached: Approach, facts: RepositoryFacts): Promise<Approach | null> {
  const { known } = approached;
  if (facts.owner === known.owner && facts.name === known.name) return approached;
  const installationId = facts.owner === known.owner ? approached.installationId : await app.installationOf(facts);
  if (installationId !== null) return { known, github: await app.in(installationId, facts), installationId };
  return nullIfLost(known, new OutOfSight("The repository was transferred to where the App is not installed"));
}

/** Null where a repository is out of sight that is known to be lost; any other error is thrown on. */
export function nullIfLost(known: Repository, error: unknown): null {
  if (error instanceof OutOfSight && known.lostAt) return null;
  throw error;
}

/** A repository the store does not know: asked of GitHub by its id, since names change. */
async function findRepository({ app }: Context, at: At): Promise<Repository | null> {
  const facts = (await app.repositories(at.installationId)).find((repository) => repository.id === at.repositoryId);
  return facts ? newRepository(at.installationId, facts) : null;
}

/** A repository nothing is known of yet. */
export function newRepository(
  installationId: number,
  {
    id,
    owner,
    name,
    defaultBranch,
    visibility,
  }: Pick<RepositoryFacts, "id" | "owner" | "name" | "defaultBranch" | "visibility">,
): Repository {
  return {
    id,
    installationId,
    owner,
    name,
    defaultBranch,
    visibility,
    obstacle: null,
    lostAt: null,
    policyText: null,
    policyOrigin: null,
    policyProblems: [],
    labels: [],
    digestIssue: null,
    sweptUntil: null,
    seen: null,
    sweptPolicy: null,
    rebuiltAt: null,
  };
}

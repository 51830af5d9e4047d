/**
 * Finds the policy that holds in a repository: its own file, else that of its owner's `.github` repository. Only where GitHub
 * says for certain that there is none does the repository have none. What cannot be read now holds as it was last read; where it
 * was never read, nothing is done until it can be: the policy may well say to do nothing.
 */
import { OutOfReach, OutOfSight, Retryable } from "../../errors.js";
import { Refused } from "../../github/errors.js";
import { type FileAt, type GitHub, ORGANISATION_REPOSITORY, type RepositoryFacts } from "../../github/port.js";
import type { Log } from "../../jobs/log.js";
import {
  besideAnother,
  type LoadedPolicy,
  loadPolicy,
  loadPolicyElsewhere,
  loadPolicyFile,
  organisationPolicy,
  POLICY_FOLDER,
  POLICY_PATH,
  type PolicyPlace,
  policyPlace,
  rememberedPolicy,
} from "../../policy/load.js";
import type { PolicyOrigin, Repository } from "../../tracking/types.js";

export interface FoundPolicy {
  readonly loaded: LoadedPolicy;
  /** Where the policy that holds was found. */
  readonly origin: PolicyOrigin | null;
  /** The path of the policy's file, where it was found or would be. */
  readonly path: string;
  /** Why nothing can be done without knowing it, with the fix; null where it is known. */
  readonly obstacle: string | null;
}

/** What was last read: the text of a policy, null for the defaults. */
interface Remembered {
  readonly text: string | null;
  readonly origin: PolicyOrigin | null;
}

/** How policies are read. */
export interface PolicyReads {
  /** The repository's own. */
  own(): ReturnType<typeof ownPolicy>;
  /** That of its organisation. */
  organisation(): ReturnType<typeof organisationsFile>;
}

/** Reads them at GitHub, the repository's own at a branch. */
export const readsFrom = (github: GitHub, branch: string): PolicyReads => ({
  own: () => ownPolicy(github, branch),
  organisation: () => organisationsFile(github),
});

/**
 * The policy as it is now; `reads`: how it is read, at GitHub where not said.
 * @throws Retryable where GitHub cannot be asked, or fails to answer and nothing is remembered.
 */
export async function findPolicy(
  github: GitHub,
  known: Repository,
  { owner, name, defaultBranch }: RepositoryFacts,
  log: Log,
  reads: PolicyReads = readsFrom(github, defaultBranch),
): Promise<FoundPolicy> {
  const remembered = rememberedUnder(owner, known);
  // The folder tells of both endings at once, so a repository without a policy costs no more.
  const asked = await reads.own().catch((error: unknown) => {
    if (error instanceof Refused) return error;
    throw error;
  });
  if (asked instanceof Refused) return refused(remembered, asked);
  const { place, file: own } = asked;
  if (own.kind !== "missing" || name.toLowerCase() === ORGANISATION_REPOSITORY)
    return found(loadPolicyFile(own, remembered.text), { kind: "own" }, remembered, place ?? USUAL);
  return organisationsPolicy(github, reads, owner, remembered, log);
}

/** The policy file of the repository itself as it stands at a branch or commit; no place where there is none. */
export async function ownPolicy(github: GitHub, ref: string): Promise<{ place: PolicyPlace | null; file: FileAt }> {
  const place = policyPlace(await github.folder(POLICY_FOLDER, ref));
  return { place, file: place === null ? MISSING : await github.file(place.path, ref) };
}

/** GitHub does not let the App read the repository's own policy, or whether there is one. */
function refused({ text, origin }: Remembered, { status }: Refused): FoundPolicy {
  const why = `cannot be read: GitHub answers ${status}`;
  if (origin === null) {
    const obstacle = `The policy of this repository ${why}. Nothing is done until it can be, since it may say so.`;
    return { loaded: loadPolicy(null), origin, path: POLICY_PATH, obstacle };
  }
  const loaded = loadPolicy(text);
  const problem = { line: 1, message: `The policy ${why}. The one that was read last holds.`, harmless: true };
  return { loaded: { ...loaded, problems: [problem] }, origin, path: POLICY_PATH, obstacle: null };
}

const MISSING = { kind: "missing" } as const;
const USUAL: PolicyPlace = { path: POLICY_PATH, beside: null };

/** Of what was remembered, what is not another owner's: a repository that was transferred does not take their policy along. */
function rememberedUnder(owner: string, { policyText, policyOrigin }: Repository): Remembered {
  const isTheirs = policyOrigin?.kind === "organisation" && policyOrigin.owner.toLowerCase() !== owner.toLowerCase();
  return isTheirs ? { text: null, origin: null } : { text: policyText, origin: policyOrigin };
}

/** A file with mistakes leaves the last valid one in place, wherever that was found. */
const found = (
  loaded: LoadedPolicy,
  origin: PolicyOrigin,
  remembered: Remembered,
  place: PolicyPlace,
  elsewhere?: string,
): FoundPolicy => ({
  loaded: besideAnother(loaded, place, elsewhere),
  origin: loaded.problems.length === 0 ? origin : remembered.origin,
  path: place.path,
  obstacle: null,
});

async function organisationsPolicy(
  github: GitHub,
  reads: PolicyReads,
  owner: string,
  remembered: Remembered,
  log: Log,
): Promise<FoundPolicy> {
  const elsewhere = `${owner}/${ORGANISATION_REPOSITORY}`;
  const before = remembered.origin?.kind === "organisation" ? remembered.origin : null;
  const stands = (why: string): FoundPolicy => ({
    loaded: rememberedPolicy(remembered.text, elsewhere, why),
    origin: before,
    path: POLICY_PATH,
    obstacle: null,
  });
  const asked = await reads.organisation().catch((error: unknown) => {
    if (!isTheirs(error) || !before) throw error;
    log.warn({ err: error, repository: elsewhere }, "the organisation's policy cannot be read; the last one holds");
    return null;
  });
  if (asked === null) return { loaded: loadPolicy(remembered.text), origin: before, path: POLICY_PATH, obstacle: null };
  const { file, place } = asked;
  if (file.kind === "refused") {
    if (before) return stands("cannot be read: GitHub refuses it. The one that was read last holds.");
    if (await github.seesOrganisation()) return unknown(elsewhere);
    return found(loadPolicy(null), { kind: "organisation", owner, none: true }, remembered, place);
  }
  if (file.kind === "missing" && before && !before.none && !(await github.seesOrganisation())) {
    return stands(
      `cannot be seen any more, and the one that was read last holds. Give the App access to ${elsewhere}, or put a policy into this repository.`,
    );
  }
  const none = file.kind === "missing";
  return found(
    loadPolicyElsewhere(file, remembered.text, elsewhere, place.path),
    { kind: "organisation", owner, none },
    remembered,
    place,
    elsewhere,
  );
}

type OrganisationFile = Awaited<ReturnType<GitHub["organisationFile"]>>;

async function organisationsFile(github: GitHub): Promise<{ file: OrganisationFile; place: PolicyPlace }> {
  const names = await github.organisationFolder(POLICY_FOLDER);
  if (names === "refused") return { file: { kind: "refused" }, place: USUAL };
  const place = policyPlace(names);
  return place === null ? { file: MISSING, place: USUAL } : { file: await github.organisationFile(place.path), place };
}

/** Whether it is that one file which cannot be had: a limit, a shutdown or a silent GitHub lets nothing else be done either. */
function isTheirs(error: unknown): boolean {
  if (error instanceof OutOfReach) return error.answered;
  return error instanceof Retryable && !error.blameless && !(error instanceof OutOfSight);
}

const unknown = (elsewhere: string): FoundPolicy => ({
  loaded: loadPolicy(null),
  origin: null,
  path: POLICY_PATH,
  obstacle: `${organisationPolicy(elsewhere)} cannot be read: GitHub refuses it. Make it readable for the App, or put a policy into this repository.`,
});

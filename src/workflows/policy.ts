/**
 * Finds the policy that holds in a repository: its own file, else that of its owner's `.github` repository. Only where GitHub
 * says for certain that there is none does the repository have none. What cannot be read now holds as it was last read; where it
 * was never read, nothing is done until it can be: the policy may well say to do nothing.
 */
import { OutOfReach, OutOfSight, Retryable } from "../errors.js";
import { type GitHub, ORGANISATION_REPOSITORY, type RepositoryFacts } from "../github/port.js";
import type { Log } from "../jobs/log.js";
import {
  type LoadedPolicy,
  loadPolicy,
  loadPolicyElsewhere,
  loadPolicyFile,
  organisationPolicy,
  POLICY_PATH,
  rememberedPolicy,
} from "../policy/load.js";
import type { PolicyOrigin, Repository } from "../tracking/types.js";

export interface FoundPolicy {
  readonly loaded: LoadedPolicy;
  /** Where the policy that holds was found. */
  readonly origin: PolicyOrigin | null;
  /** Why nothing can be done without knowing it, with the mend; null where it is known. */
  readonly obstacle: string | null;
}

/** What was last read: the text of a policy, null for the defaults. */
interface Remembered {
  readonly text: string | null;
  readonly origin: PolicyOrigin | null;
}

/**
 * The policy as it is now.
 * @throws Retryable where GitHub cannot be asked, or fails to answer and nothing is remembered.
 */
export async function findPolicy(
  github: GitHub,
  known: Repository,
  { owner, name, defaultBranch }: RepositoryFacts,
  log: Log,
): Promise<FoundPolicy> {
  const remembered = rememberedUnder(owner, known);
  const own = await github.file(POLICY_PATH, defaultBranch);
  if (own.kind !== "missing" || name.toLowerCase() === ORGANISATION_REPOSITORY) {
    return found(loadPolicyFile(own, remembered.text), { kind: "own" }, remembered);
  }
  return organisationsPolicy(github, owner, remembered, log);
}

/** Of what was remembered, what is not another owner's: a repository that was transferred does not take their policy along. */
function rememberedUnder(owner: string, { policyText, policyOrigin }: Repository): Remembered {
  const isTheirs = policyOrigin?.kind === "organisation" && policyOrigin.owner.toLowerCase() !== owner.toLowerCase();
  return isTheirs ? { text: null, origin: null } : { text: policyText, origin: policyOrigin };
}

/** A file with mistakes leaves the last valid one in place, wherever that was found. */
const found = (loaded: LoadedPolicy, origin: PolicyOrigin, remembered: Remembered): FoundPolicy => ({
  loaded,
  origin: loaded.problems.length === 0 ? origin : remembered.origin,
  obstacle: null,
});

async function organisationsPolicy(
  github: GitHub,
  owner: string,
  remembered: Remembered,
  log: Log,
): Promise<FoundPolicy> {
  const elsewhere = `${owner}/${ORGANISATION_REPOSITORY}`;
  const before = remembered.origin?.kind === "organisation" ? remembered.origin : null;
  const stands = (why: string): FoundPolicy => ({
    loaded: rememberedPolicy(remembered.text, elsewhere, why),
    origin: before,
    obstacle: null,
  });
  const file = await github.organisationFile(POLICY_PATH).catch((error: unknown) => {
    if (!isTheirs(error) || !before) throw error;
    log.warn({ err: error, repository: elsewhere }, "the organisation's policy cannot be read; the last one holds");
    return null;
  });
  if (file === null) return { loaded: loadPolicy(remembered.text), origin: before, obstacle: null };
  if (file.kind === "refused") {
    if (before) return stands("cannot be read: GitHub refuses it. The one that was read last holds.");
    if (await github.seesOrganisation()) return unknown(elsewhere);
    return found(loadPolicy(null), { kind: "organisation", owner, none: true }, remembered);
  }
  if (file.kind === "missing" && before && !before.none && !(await github.seesOrganisation())) {
    return stands(
      `cannot be seen any more, and the one that was read last holds. Give the App access to ${elsewhere}, or put a policy into this repository.`,
    );
  }
  const none = file.kind === "missing";
  return found(
    loadPolicyElsewhere(file, remembered.text, elsewhere),
    { kind: "organisation", owner, none },
    remembered,
  );
}

/** Whether it is that one file which cannot be had: a limit, a shutdown or a silent GitHub lets nothing else be done either. */
function isTheirs(error: unknown): boolean {
  if (error instanceof OutOfReach) return error.answered;
  return error instanceof Retryable && !error.blameless && !(error instanceof OutOfSight);
}

const unknown = (elsewhere: string): FoundPolicy => ({
  loaded: loadPolicy(null),
  origin: null,
  obstacle: `${organisationPolicy(elsewhere)} cannot be read: GitHub refuses it. Make it readable for the App, or put a policy into this repository.`,
});

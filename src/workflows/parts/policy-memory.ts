/**
 * What this process was told of policies. A policy changes by a push alone, which a webhook tells (`receive.ts` keeps when) and a sweep
 * finds where that was lost, so between the two it is not asked for again. What the store knows of a repository's policy goes
 * before what is remembered here: another process may have read a newer one.
 */
import { type GitHub, ORGANISATION_REPOSITORY, type RepositoryFacts } from "../../github/port.js";
import type { Log } from "../../jobs/log.js";
import type { Store } from "../../store/types.js";
import type { Repository } from "../../tracking/types.js";
import { type FoundPolicy, findPolicy, type PolicyReads, readsFrom } from "./policy.js";

const MINUTE_MS = 60_000;
/** Each repository is swept at least nightly, which reads it again. */
const OWN_KEPT_MS = 25 * 60 * MINUTE_MS;
/** The organisation's may stand where no webhook comes from; it is asked hourly. */
const ORGANISATION_KEPT_MS = 70 * MINUTE_MS;
/** The clocks of replicas differ; for so long after a push, it is read by each. */
const UNSURE_MS = MINUTE_MS;
/** Beyond so many, those that were read first are forgotten. */
const MOST = 10_000;
/** A policy is short; of anything longer only the last word of GitHub will do. */
const MOST_BYTES = 64 * 1024;

/** Of a workflow's context what it takes. */
interface Around {
  readonly store: Store;
  /** This machine's clock. */
  readonly wall: () => Date;
  readonly log: Log;
}

interface Kept<T> {
  /** Of which place it is. */
  readonly of: string;
  /** By this machine's clock. */
  readonly at: number;
  readonly value: T;
}

type Own = Awaited<ReturnType<PolicyReads["own"]>>;
type Organisations = Awaited<ReturnType<PolicyReads["organisation"]>>;

/** Policies by where they stand, as they were last read. */
export class PolicyMemory {
  readonly #own = new Map<number, Kept<Own>>();
  readonly #organisations = new Map<string, Kept<Organisations>>();

  /** The policy of a repository: with `asked` as it is now, else as it was last read where nothing tells that it is another. */
  async find(
    context: Around,
    github: GitHub,
    known: Repository,
    facts: RepositoryFacts,
    asked: boolean,
  ): Promise<FoundPolicy> {
    const recording = this.#recording(context, github, known, facts);
    if (!asked) {
      const found = await findPolicy(
        github,
        known,
        facts,
        context.log,
        await this.#remembering(context, recording, known, facts),
      );
      if (agrees(found, known)) return found;
    }
    return findPolicy(github, known, facts, context.log, recording);
  }

  #recording({ store, wall }: Around, github: GitHub, known: Repository, facts: RepositoryFacts): PolicyReads {
    const reads = readsFrom(github, facts.defaultBranch);
    return {
      own: async () => {
        const at = wall().getTime();
        const value = await reads.own();
        keep(this.#own, known.id, { of: placeOf(facts), at, value });
        return value;
      },
      organisation: async () => {
        const at = wall().getTime();
        const of = placeOfOrganisations(facts, await store.repositoryNamed(facts.owner, ORGANISATION_REPOSITORY));
        const value = await reads.organisation();
        const key = organisationKey(known, facts);
        if (value.file.kind === "refused") this.#organisations.delete(key);
        else keep(this.#organisations, key, { of, at, value });
        return value;
      },
    };
  }

  /** What is remembered and still holds; the rest is asked for. */
  async #remembering(
    { store, wall }: Around,
    asking: PolicyReads,
    known: Repository,
    facts: RepositoryFacts,
  ): Promise<PolicyReads> {
    const now = wall().getTime();
    const holds = async <T>(kept: Kept<T> | undefined, of: string, keptMs: number, repositoryId: number | null) => {
      if (kept?.of !== of || now < kept.at || now - kept.at >= keptMs) return null;
      const pushed = repositoryId === null ? null : await store.lastSlot(repositoryId, "policy");
      return pushed !== null && kept.at < Date.parse(pushed) + UNSURE_MS ? null : kept.value;
    };
    return {
      own: async () => (await holds(this.#own.get(known.id), placeOf(facts), OWN_KEPT_MS, known.id)) ?? asking.own(),
      organisation: async () => {
        const place = await store.repositoryNamed(facts.owner, ORGANISATION_REPOSITORY);
        const kept = this.#organisations.get(organisationKey(known, facts));
        return (
          (await holds(kept, placeOfOrganisations(facts, place), ORGANISATION_KEPT_MS, place?.id ?? null)) ??
          asking.organisation()
        );
      },
    };
  }
}

const placeOf = ({ owner, name, defaultBranch }: RepositoryFacts): string => `${owner}/${name} ${defaultBranch}`;

/** Where the App was given the organisation's repository, or it was taken away, another answer is to come. */
const placeOfOrganisations = ({ owner }: RepositoryFacts, given: Repository | null): string =>
  `${owner} ${given?.id ?? ""} ${given?.installationId ?? ""} ${given?.lostAt ?? ""}`;

/** Each installation sees of the organisation's repository what it was given. */
const organisationKey = ({ installationId }: Repository, { owner }: RepositoryFacts): string =>
  `${installationId} ${owner.toLowerCase()}`;

function keep<K, V extends Own | Organisations>(kept: Map<K, Kept<V>>, key: K, value: Kept<V>): void {
  kept.delete(key);
  const { file } = value.value;
  if (file.kind === "file" && file.bytes.length > MOST_BYTES) return;
  kept.set(key, value);
  const [first] = kept.keys();
  if (kept.size > MOST && first !== undefined) kept.delete(first);
}

/** Whether what was found is what the store knows. */
const agrees = ({ loaded, origin, obstacle }: FoundPolicy, known: Repository): boolean =>
  obstacle === null &&
  loaded.text === known.policyText &&
  JSON.stringify(origin) === JSON.stringify(known.policyOrigin) &&
  JSON.stringify(loaded.problems) === JSON.stringify(known.policyProblems);

/**
 * Two tenants of one App: `acme/shop`, whose postmortems are private, and `rivals/lab`, whose people may write whatever they
 * like into the issues and comments that the App made there.
 */
import type { RepositoryHandle } from "../../emulator/handles.js";
import { Stage } from "./stage.js";

/** Stands in every title, owner, reason and answer of the victim's, and nowhere else. */
export const CANARY = "canary";

const VICTIM = `# Outage of canary systems

**Date:** 2024-09-12
**Severity:** SEV-1 canary

## Action items

- [ ] Rotate the canary keys - @lisa - due 2024-09-20
- [ ] Move the canary store (owner: Canary Wharf) - due 2031-01-17
- [ ] Fix the canary door (#1)
`;

const ATTACKER = `# Our own outage

**Date:** 2024-09-12

## Action items

- [ ] Sweep the floor - @mallory - due 2024-09-20
- [ ] Water the plants - @mallory - due 2024-10-20
- [ ] Fix the door (#1)
`;

export const VICTIM_PATH = "postmortems/2024-09-12-outage.md";
export const ATTACKER_PATH = "postmortems/2024-09-12-own.md";

/** A Monday after the first due dates: overdue comments and digests are due on both sides. */
const MONDAY = "2024-09-23T09:05:00Z";

export class Tenants {
  private constructor(
    readonly stage: Stage,
    readonly victim: RepositoryHandle,
    readonly attacker: RepositoryHandle,
    /** The pull requests that brought the two postmortems. */
    readonly homes: { readonly victim: number; readonly attacker: number },
  ) {}

  /** Both have the App, and one of everything that it writes: issues, an adopted one, comments of each kind, digests. */
  static async start(databaseUrl?: string): Promise<Tenants> {
    const stage = await Stage.start(databaseUrl ? { databaseUrl } : {});
    const { gh, repo: victim } = stage;
    gh.organisation("rivals", { members: ["mallory"] });
    const attacker = gh.repository("rivals/lab", { members: { mallory: "admin" } });
    gh.installApp({ on: ["rivals/lab"], by: "mallory" });
    await stage.settle();
    await stage.service.tick();
    const begin = async (repository: RepositoryHandle, who: string, path: string, text: string, title: string) => {
      const actor = repository.as(who);
      actor.openIssue({ title });
      const pull = actor.proposeFiles({ [path]: text }, "Add a postmortem");
      actor.mergePull(pull.number);
      await stage.settle();
      const edit = actor.proposeFiles({ [path]: `${text}\nEdited.\n` }, "Edit the postmortem");
      actor.mergePull(edit.number);
      const first = repository.issues.find((issue) => issue.labels.length > 0)?.number ?? 0;
      actor.comment(first, "/due blursday");
      actor.comment(first, "/snooze 2 days it rests");
      await stage.settle();
      return pull.number;
    };
    const homes = {
      victim: await begin(victim, "ada", VICTIM_PATH, VICTIM, "The canary door"),
      attacker: await begin(attacker, "mallory", ATTACKER_PATH, ATTACKER, "The door"),
    };
    const tenants = new Tenants(stage, victim, attacker, homes);
    await stage.advanceTo(MONDAY);
    await tenants.workOn(victim, attacker);
    return tenants;
  }

  get store() {
    return this.stage.service.context.store;
  }

  /** What is kept of a repository. */
  async rowsOf({ state: { id } }: RepositoryHandle) {
    const documents = await this.store.documentsOf(id);
    const items = await Promise.all(documents.map((document) => this.store.itemsOf(id, document.id)));
    return { documents, items: items.flat() };
  }

  /** One pass of everything over repositories, read again from GitHub first where asked. */
  async workOn(...repositories: readonly RepositoryHandle[]): Promise<void> {
    for (const { state } of repositories) {
      const installationId = (await this.store.repository(state.id))?.installationId ?? 0;
      for (const kind of ["sweep", "nudges", "digest"] as const)
        await this.store.enqueue({ kind, installationId, repositoryId: state.id }, this.stage.gh.clock.now());
    }
    await this.stage.settle();
  }

  async readAgain({ state: { id } }: RepositoryHandle): Promise<void> {
    await this.store.changeRepository(id, { rebuiltAt: null });
  }
}

/** All that people can read in a repository, of issues and comments, with the markers. */
export function readable({ state }: RepositoryHandle): string {
  const issues = [...state.issues.values()].map(({ number, title, body, state, assignees, labels }) => ({
    number,
    title,
    body,
    state,
    assignees: assignees.map(({ login }) => login),
    labels: labels.map(({ name }) => name),
  }));
  const comments = [...state.comments.values()].map(({ id, issue, user, body }) => ({
    id,
    on: issue.number,
    by: user.login,
    body,
  }));
  return JSON.stringify({ issues, comments }, null, 1);
}

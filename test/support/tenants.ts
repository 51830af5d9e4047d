/**
 * Two tenants of one App: `acme/shop`, whose postmortems are private, and `rivals/lab`, whose people may write whatever they
 * like into the issues and comments that the App made there.
 */
import type { RepositoryHandle } from "../emulator/handles.js";
import { Stage } from "./stage.js";

/** Stands in every title and owner of the victim's, and nowhere else. */
export const CANARY = "canary";

const VICTIM = `# Outage of canary systems

**Date:** 2024-09-12
**Severity:** SEV-1

## Action items

- [ ] Rotate the canary keys - @lisa - due 2024-09-20
- [ ] Move the canary store (owner: Canary Wharf) - due 2031-01-17
`;

const ATTACKER = `# Our own outage

**Date:** 2024-09-12

## Action items

- [ ] Sweep the floor - @mallory - due 2024-09-20
- [ ] Water the plants - @mallory - due 2024-10-20
`;

export const VICTIM_PATH = "postmortems/2024-09-12-outage.md";
export const ATTACKER_PATH = "postmortems/2024-09-12-own.md";

export interface Tenants {
  readonly stage: Stage;
  readonly victim: RepositoryHandle;
  readonly attacker: RepositoryHandle;
  /** The pull requests that brought the two postmortems. */
  readonly homes: { readonly victim: number; readonly attacker: number };
}

/** Both have the App, and a postmortem that is followed through. */
export async function startTenants(databaseUrl?: string): Promise<Tenants> {
  const stage = await Stage.start(databaseUrl ? { databaseUrl } : {});
  const { gh, repo: victim } = stage;
  gh.organisation("rivals", { members: ["mallory"] });
  const attacker = gh.repository("rivals/lab", { members: { mallory: "admin" } });
  gh.installApp({ on: ["rivals/lab"], by: "mallory" });
  await stage.settle();
  await stage.service.tick();
  const home = async (repository: RepositoryHandle, who: string, path: string, text: string) => {
    const pull = repository.as(who).proposeFiles({ [path]: text }, "Add a postmortem");
    repository.as(who).mergePull(pull.number);
    await stage.settle();
    return pull.number;
  };
  const homes = {
    victim: await home(victim, "ada", VICTIM_PATH, VICTIM),
    attacker: await home(attacker, "mallory", ATTACKER_PATH, ATTACKER),
  };
  return { stage, victim, attacker, homes };
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

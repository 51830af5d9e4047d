/** What a workflow works in: one repository, with its facts and policy as they are now. Made by `load-scene.ts`. */
import { type PlainDate, startOfDay } from "../../calendar.js";
import type { GitHub } from "../../github/port.js";
import type { LoadedPolicy } from "../../policy/load.js";
import type { Links } from "../../render/links.js";
import type { Trouble } from "../../tracking/trouble.js";
import type { Repository } from "../../tracking/types.js";
import type { Context } from "./context.js";

export interface Scene extends Context {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly loaded: LoadedPolicy;
  /** The policy that holds, with the holidays of its region. */
  readonly policy: LoadedPolicy["policy"];
  readonly links: Links;
  /** Today in the policy's time zone. */
  readonly today: PlainDate;
  /** What could not be done here so far, by key; see `piece.ts`. Changes as the work goes on. */
  readonly troubles: Map<string, Trouble>;
  /** Whether what was refused a short while ago waits: so it does in passes that come by themselves. */
  readonly patient: boolean;
}

/** Now, and since when it is today by the clock of the policy: whose day is taken is asked and told by both. */
export const presentOf = ({
  now,
  policy,
}: Pick<Scene, "now" | "policy">): { readonly at: string; readonly since: string } => ({
  at: now().toISOString(),
  since: startOfDay(policy.time_zone, now()).toISOString(),
});

/** Asked for in every workflow of a repository. */
export interface At {
  readonly installationId: number;
  readonly repositoryId: number;
}

/** Changes some fields of the scene's repository; returns it as it is stored then. */
export async function updateRepository(scene: Scene, change: Partial<Repository>): Promise<Repository> {
  return (await scene.store.changeRepository(scene.repository.id, change)) ?? { ...scene.repository, ...change };
}

/** Says what happened in a repository, for the webhooks. */
import type { Account, Installation, Repository, World } from "../world.js";

/** `payload` is built at once: a webhook shows things as they were when it happened. */
export function tell(
  world: World,
  repository: Repository,
  sender: Account,
  event: string,
  action: string | null,
  payload: object,
): void {
  const installation = world.installationFor(repository) ?? null;
  world.announce({ event, action, repository, installation, sender, payload });
}

/** For what happens to an installation itself, which no repository's events carry. */
export function tellInstallation(
  world: World,
  installation: Installation,
  sender: Account,
  event: string,
  action: string,
  payload: object,
): void {
  world.announce({ event, action, repository: null, installation, sender, payload });
}

/** What happens to an installation of the App: made, changed, suspended, removed. */

import { simpleUser } from "../represent/account.js";
import { installationJson } from "../represent/app.js";
import { repositoryBrief } from "../represent/repository.js";
import {
  type Account,
  fullNameOf,
  type Installation,
  type Permissions,
  type Repository,
  type World,
} from "../world.js";
import { tellInstallation } from "./tell.js";

export interface InstallInput {
  /** Full names; absent, every repository of the account. */
  repositories?: readonly Repository[];
  permissions?: Permissions;
  events?: readonly string[];
}

function covered(world: World, installation: Installation): Repository[] {
  return [...world.repositories.values()].filter((r) => world.covers(installation, r));
}

export function install(world: World, account: Account, by: Account, input: InstallInput): Installation {
  const installation: Installation = {
    id: world.nextId(),
    account,
    selection: input.repositories === undefined ? "all" : "selected",
    repositories: new Set(input.repositories?.map((r) => r.id)),
    permissions: { ...(input.permissions ?? world.app.permissions) },
    events: [...(input.events ?? world.app.events)],
    suspendedAt: null,
    createdAt: world.clock.now(),
  };
  world.installations.set(installation.id, installation);
  const repositories = covered(world, installation).map(repositoryBrief);
  tellInstallation(world, installation, by, "installation", "created", { repositories, requester: null });
  return installation;
}

export function setSuspended(world: World, installation: Installation, by: Account, suspended: boolean): void {
  if (suspended) installation.suspendedAt = world.clock.now();
  const action = suspended ? "suspend" : "unsuspend";
  if (!suspended) installation.suspendedAt = null;
  tellInstallation(world, installation, by, "installation", action, {});
}

export function uninstall(world: World, installation: Installation, by: Account): void {
  const repositories = covered(world, installation).map(repositoryBrief);
  const shown = installationJson(world, installation);
  world.installations.delete(installation.id);
  tellInstallation(world, installation, by, "installation", "deleted", { repositories, installation: shown });
}

/** The account accepts permissions that the App asked for later. */
export function acceptPermissions(world: World, installation: Installation, by: Account, granted: Permissions): void {
  installation.permissions = { ...granted };
  installation.events = [...world.app.events];
  tellInstallation(world, installation, by, "installation", "new_permissions_accepted", {});
}

export function changeRepositories(
  world: World,
  installation: Installation,
  by: Account,
  repository: Repository,
  how: "added" | "removed",
): void {
  installation.selection = "selected";
  if (how === "added") installation.repositories.add(repository.id);
  else installation.repositories.delete(repository.id);
  const brief = [repositoryBrief(repository)];
  tellInstallation(world, installation, by, "installation_repositories", how, {
    repository_selection: installation.selection,
    repositories_added: how === "added" ? brief : [],
    repositories_removed: how === "removed" ? brief : [],
    requester: null,
  });
}

/** The account changes its login; its repositories answer to their old names by redirect. */
export function renameAccount(world: World, installation: Installation, by: Account, login: string): void {
  const { account } = installation;
  const from = account.login;
  for (const repository of world.repositories.values()) {
    if (repository.owner === account) world.formerNames.set(fullNameOf(repository).toLowerCase(), repository.id);
  }
  world.accounts.delete(from.toLowerCase());
  world.accounts.set(login.toLowerCase(), account);
  account.login = login;
  tellInstallation(world, installation, by, "installation_target", "renamed", {
    account: simpleUser(world, account),
    changes: { login: { from } },
    target_type: account.type,
  });
}

/** What becomes of people's accounts. GitHub tells no App of either, and issues do not count as changed by it. */
import type { Account, World } from "../world.js";

/** They are assigned nowhere and may do nothing any more; what they wrote stays, as `ghost`'s. */
export function deleteUser(world: World, account: Account): void {
  const ghost = world.account("ghost") ?? world.addAccount("ghost", "User");
  forget(world, account.login);
  for (const repository of world.repositories.values()) {
    for (const issue of repository.issues.values()) {
      issue.assignees = issue.assignees.filter((one) => one !== account);
      if (issue.user === account) issue.user = ghost;
    }
    for (const comment of repository.comments.values()) if (comment.user === account) comment.user = ghost;
  }
}

/** They keep all they have, under another login; nothing leads there from the old one. */
export function renameUser(world: World, account: Account, login: string): void {
  const roles = [...world.repositories.values()].map((one) => [one, one.collaborators.get(account.login)] as const);
  const within = [...world.accounts.values()].filter(({ members }) => members.has(account.login.toLowerCase()));
  forget(world, account.login);
  account.login = login;
  world.accounts.set(login.toLowerCase(), account);
  for (const [repository, role] of roles) if (role) repository.collaborators.set(login, role);
  for (const { members } of within) members.add(login.toLowerCase());
}

function forget(world: World, login: string): void {
  world.accounts.delete(login.toLowerCase());
  for (const { members } of world.accounts.values()) members.delete(login.toLowerCase());
  for (const { collaborators } of world.repositories.values()) collaborators.delete(login);
}

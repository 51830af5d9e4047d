/** What can be done to a repository as a whole, and to issues between repositories: rename, transfer, archive, delete. */
import { checkRunTold } from "../represent/code.js";
import { issueJson } from "../represent/issue.js";
import { repositoryJson } from "../represent/repository.js";
import { type Account, fullNameOf, headOf, type Issue, type Repository, type World } from "../world.js";
import { changeRepositories } from "./installations.js";
import { tellIssue } from "./issues.js";
import { tell } from "./tell.js";

export function rename(world: World, repository: Repository, by: Account, name: string): void {
  const from = repository.name;
  world.formerNames.set(fullNameOf(repository).toLowerCase(), repository.id);
  repository.name = name;
  world.formerNames.delete(fullNameOf(repository).toLowerCase());
  tell(world, repository, by, "repository", "renamed", { changes: { repository: { name: { from } } } });
}

/** The App follows only where the new owner has installed it. */
export function transfer(world: World, repository: Repository, by: Account, to: Account): void {
  const before = world.installationFor(repository);
  const { owner } = repository;
  world.formerNames.set(fullNameOf(repository).toLowerCase(), repository.id);
  if (before?.selection === "selected") changeRepositories(world, before, by, repository, "removed");
  repository.owner = to;
  const after = world.installationOn(to);
  if (after?.selection === "selected") changeRepositories(world, after, by, repository, "added");
  const from = { [owner.type === "Organization" ? "organization" : "user"]: { login: owner.login, id: owner.id } };
  tell(world, repository, by, "repository", "transferred", { changes: { owner: { from } } });
}

export function setArchived(world: World, repository: Repository, by: Account, archived: boolean): void {
  if (repository.archived === archived) return;
  repository.archived = archived;
  tell(world, repository, by, "repository", archived ? "archived" : "unarchived", {});
}

export function setPrivate(world: World, repository: Repository, by: Account, isPrivate: boolean): void {
  if (repository.private === isPrivate) return;
  repository.private = isPrivate;
  tell(world, repository, by, "repository", isPrivate ? "privatized" : "publicized", {});
}

export function renameDefaultBranch(world: World, repository: Repository, by: Account, name: string): void {
  const from = repository.defaultBranch;
  repository.branches.set(name, headOf(repository));
  repository.branches.delete(from);
  repository.defaultBranch = name;
  for (const { pull, state } of repository.issues.values()) {
    if (state === "open" && pull?.base.ref === from) pull.base.ref = name;
  }
  tell(world, repository, by, "repository", "edited", { changes: { default_branch: { from } } });
}

export function remove(world: World, repository: Repository, by: Account): void {
  tell(world, repository, by, "repository", "deleted", {});
  const installation = world.installationFor(repository);
  if (installation?.selection === "selected") changeRepositories(world, installation, by, repository, "removed");
  world.repositories.delete(repository.id);
}

export function deleteIssue(world: World, repository: Repository, issue: Issue, by: Account): void {
  const shown = issueJson(world, repository, issue);
  takeAway(repository, issue, "deleted");
  tell(world, repository, by, "issues", "deleted", { issue: shown });
}

/** The issue gets a number in the other repository, keeps its comments, and leaves labels behind that are not there. */
export function transferIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  by: Account,
  target: Repository,
): Issue {
  target.lastNumber += 1;
  const moved: Issue = {
    ...issue,
    id: world.nextId(),
    number: target.lastNumber,
    labels: issue.labels.flatMap((l) => target.labels.get(l.name.toLowerCase()) ?? []),
    updatedAt: world.clock.now(),
  };
  const shown = issueJson(world, repository, issue);
  for (const comment of [...repository.comments.values()].filter((c) => c.issue === issue)) {
    const copy = { ...comment, id: world.nextId(), issue: moved };
    target.comments.set(copy.id, copy);
  }
  target.issues.set(moved.number, moved);
  takeAway(repository, issue, { repository: target, number: moved.number });
  const changes = {
    new_issue: issueJson(world, target, moved),
    new_repository: repositoryJson(world, target),
  };
  tell(world, repository, by, "issues", "transferred", { issue: shown, changes });
  const old = { old_issue: shown, old_repository: repositoryJson(world, repository) };
  tellIssue(world, target, moved, by, "opened", { changes: old });
  return moved;
}

function takeAway(repository: Repository, issue: Issue, where: "deleted" | { repository: Repository; number: number }) {
  repository.issues.delete(issue.number);
  repository.gone.set(issue.number, where);
  for (const comment of repository.comments.values()) {
    if (comment.issue === issue) repository.comments.delete(comment.id);
  }
}

export function rerunCheck(world: World, repository: Repository, by: Account, id: number): void {
  const run = repository.checkRuns.get(id);
  if (run === undefined) throw new Error(`no check run ${id}`);
  tell(world, repository, by, "check_run", "rerequested", { check_run: checkRunTold(world, repository, run) });
}

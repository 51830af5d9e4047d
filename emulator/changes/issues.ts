/**
 * What can be done to an issue, by the App through the API or by a person on the web: open it, edit it, close it, label and assign
 * it. Each change keeps GitHub's limits and tells the webhooks. Pull requests are issues too.
 */
import { GitHubError, tooLong, validationFailed } from "../errors.js";
import { simpleUser } from "../represent/account.js";
import { pullFull } from "../represent/code.js";
import { issueJson, labelJson } from "../represent/issue.js";
import { type Account, type Issue, isBlocked, type Label, type Repository, type World } from "../world.js";
import { tell } from "./tell.js";

const MAX_TITLE = 256;
export const MAX_BODY = 65_536;
const MAX_ASSIGNEES = 10;
const MAX_LABELS = 100;
const MAX_LABEL_NAME = 50;

export interface IssueInput {
  title: string;
  body?: string | null;
  labels?: readonly string[];
  assignees?: readonly string[];
}

export interface IssueEdit {
  title?: string;
  body?: string | null;
  state?: "open" | "closed";
  stateReason?: Issue["stateReason"];
  /** The id of the issue that goes on, where this one is closed as a duplicate; counts for nothing otherwise. */
  duplicateOf?: number;
  labels?: readonly string[];
  assignees?: readonly string[];
}

/** Tells of an issue, or, if it is one, of a pull request. */
export function tellIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  sender: Account,
  action: string,
  more: object = {},
): void {
  if (issue.pull === null) {
    tell(world, repository, sender, "issues", action, { issue: issueJson(world, repository, issue), ...more });
    return;
  }
  const pull_request = pullFull(world, repository, issue, issue.pull);
  tell(world, repository, sender, "pull_request", action, { number: issue.number, pull_request, ...more });
}

export function needOpenIssues(repository: Repository): void {
  if (!repository.hasIssues) throw new GitHubError(410, "Issues are disabled for this repo");
}

/** Refuses titles and bodies past GitHub's limits, and titles of nothing. */
function checkText(title: string | undefined, body: string | null | undefined): void {
  if (title !== undefined && title.trim() === "") {
    throw validationFailed({ resource: "Issue", code: "missing_field", field: "title" });
  }
  if (title !== undefined && title.length > MAX_TITLE) throw tooLong("Issue", "title", MAX_TITLE);
  if (body && body.length > MAX_BODY) throw tooLong("Issue", "body", MAX_BODY);
}

export function canBeAssigned(world: World, repository: Repository, login: string): boolean {
  const account = world.account(login);
  return account?.type === "User" && world.roleIn(repository, login) !== null;
}

/**
 * The accounts behind some logins. One that cannot be assigned fails the whole request, as on GitHub, which in other cases leaves assignees
 * out without a word. https://docs.github.com/en/rest/issues/issues#create-an-issue
 */
function assigneesOf(world: World, repository: Repository, logins: readonly string[]): Account[] {
  const accounts = [...new Set(logins.map((l) => l.toLowerCase()))].flatMap((login) => {
    const account = canBeAssigned(world, repository, login) ? world.account(login) : undefined;
    if (account !== undefined) return [account];
    if (world.dropsUnassignable) return [];
    throw validationFailed({ value: login, resource: "Issue", field: "assignees", code: "invalid" });
  });
  if (accounts.length > MAX_ASSIGNEES) {
    const message = `An issue can have at most ${MAX_ASSIGNEES} assignees`;
    throw validationFailed({ resource: "Issue", field: "assignees", code: "custom", message });
  }
  return oneOnFreePlan(repository, accounts);
}

/**
 * A private repository of the free plan takes one assignee; the others are left out without a word.
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/assigning-issues-and-pull-requests-to-other-github-users
 */
function oneOnFreePlan(repository: Repository, accounts: Account[]): Account[] {
  return repository.private && repository.owner.plan === "free" ? accounts.slice(0, 1) : accounts;
}

/** Labels by name; the missing ones come into being, grey. */
function labelsOf(world: World, repository: Repository, by: Account, names: readonly string[]): Label[] {
  const unique = [...new Map(names.map((n) => [n.toLowerCase(), n])).values()];
  const tooLongName = unique.find((n) => n.length > MAX_LABEL_NAME || n.trim() === "");
  if (tooLongName !== undefined) {
    throw validationFailed({ value: tooLongName, resource: "Label", field: "name", code: "invalid" });
  }
  if (unique.length > MAX_LABELS) {
    const message = `An issue may only have ${MAX_LABELS} labels.`;
    throw validationFailed({ resource: "Issue", field: "labels", code: "custom", message });
  }
  return unique.map((name) => repository.labels.get(name.toLowerCase()) ?? addLabel(world, repository, by, { name }));
}

export function addLabel(
  world: World,
  repository: Repository,
  by: Account,
  input: { name: string; color?: string | undefined; description?: string | null | undefined },
): Label {
  const { name, color = "ededed", description = null } = input;
  const label = { id: world.nextId(), name, color, description };
  repository.labels.set(name.toLowerCase(), label);
  tell(world, repository, by, "label", "created", { label: labelJson(world, repository, label) });
  return label;
}

/** An issue that stands in the repository but that nobody has been told of yet. */
export function placeIssue(world: World, repository: Repository, by: Account, input: IssueInput): Issue {
  const now = world.clock.now();
  repository.lastNumber += 1;
  const issue: Issue = {
    id: world.nextId(),
    number: repository.lastNumber,
    title: input.title,
    body: input.body ?? null,
    user: by,
    viaApp: by === world.app.bot ? world.app : null,
    state: "open",
    stateReason: null,
    labels: [],
    assignees: [],
    locked: false,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    pull: null,
    duplicateOf: null,
    blockedBy: new Set(),
    references: [],
  };
  repository.issues.set(issue.number, issue);
  return issue;
}

/** Opens an issue; events: opened, then one labeled and one assigned for each. */
export function createIssue(world: World, repository: Repository, by: Account, input: IssueInput): Issue {
  needOpenIssues(repository);
  if (isBlocked(by, repository.owner)) throw new GitHubError(403, "User is blocked");
  checkText(input.title, input.body);
  const assignees = assigneesOf(world, repository, input.assignees ?? []);
  const labels = labelsOf(world, repository, by, input.labels ?? []);
  const issue = placeIssue(world, repository, by, input);
  issue.labels = labels;
  issue.assignees = assignees;
  tellIssue(world, repository, issue, by, "opened");
  for (const label of labels) {
    tellIssue(world, repository, issue, by, "labeled", { label: labelJson(world, repository, label) });
  }
  for (const assignee of assignees) {
    tellIssue(world, repository, issue, by, "assigned", { assignee: simpleUser(world, assignee) });
  }
  return issue;
}

/** Changes what the edit names and nothing else. An edit that changes nothing tells nobody. */
export function updateIssue(world: World, repository: Repository, issue: Issue, by: Account, edit: IssueEdit): void {
  checkText(edit.title, edit.body);
  const assignees = edit.assignees && assigneesOf(world, repository, edit.assignees);
  const labels = edit.labels && labelsOf(world, repository, by, edit.labels);
  const duplicateOf = edit.stateReason === "duplicate" ? duplicated(world, issue, edit.duplicateOf) : null;
  rewrite(world, repository, issue, by, edit);
  if (labels !== undefined) replaceLabels(world, repository, issue, by, labels);
  if (assignees !== undefined) replaceAssignees(world, repository, issue, by, assignees);
  if (edit.state !== undefined) setState(world, repository, issue, by, edit.state, edit.stateReason ?? null);
  if (issue.state === "open") issue.duplicateOf = null;
  else if (duplicateOf !== null) issue.duplicateOf = duplicateOf;
}

/** The issue that a duplicate goes on in, which must exist: https://docs.github.com/en/rest/issues/issues#update-an-issue */
function duplicated(world: World, issue: Issue, id: number | undefined): Issue | null {
  if (id === undefined) return null;
  const all = [...world.repositories.values()].flatMap(({ issues }) => [...issues.values()]);
  const other = all.find((each) => each.id === id);
  if (other && other !== issue) return other;
  throw validationFailed({ value: String(id), resource: "Issue", field: "duplicate_issue_id", code: "invalid" });
}

function rewrite(world: World, repository: Repository, issue: Issue, by: Account, edit: IssueEdit): void {
  const changes: { title?: { from: string }; body?: { from: string } } = {};
  if (edit.title !== undefined && edit.title !== issue.title) {
    changes.title = { from: issue.title };
    issue.title = edit.title;
  }
  if (edit.body !== undefined && edit.body !== issue.body) {
    changes.body = { from: issue.body ?? "" };
    issue.body = edit.body;
  }
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = world.clock.now();
  tellIssue(world, repository, issue, by, "edited", { changes });
}

function setState(
  world: World,
  repository: Repository,
  issue: Issue,
  by: Account,
  state: Issue["state"],
  reason: Issue["stateReason"],
): void {
  if (state === issue.state) {
    if (state === "closed" && reason !== null) issue.stateReason = reason;
    return;
  }
  const now = world.clock.now();
  issue.state = state;
  issue.updatedAt = now;
  issue.closedAt = state === "closed" ? now : null;
  issue.closedBy = state === "closed" ? by : null;
  if (issue.pull === null) issue.stateReason = state === "open" ? "reopened" : (reason ?? "completed");
  tellIssue(world, repository, issue, by, state === "closed" ? "closed" : "reopened");
}

export function replaceLabels(
  world: World,
  repository: Repository,
  issue: Issue,
  by: Account,
  labels: readonly Label[],
): void {
  const before = issue.labels;
  issue.labels = [...labels];
  const added = labels.filter((l) => !before.includes(l));
  const removed = before.filter((l) => !labels.includes(l));
  if (added.length + removed.length > 0) issue.updatedAt = world.clock.now();
  for (const label of added) {
    tellIssue(world, repository, issue, by, "labeled", { label: labelJson(world, repository, label) });
  }
  for (const label of removed) {
    tellIssue(world, repository, issue, by, "unlabeled", { label: labelJson(world, repository, label) });
  }
}

/** Sets or adds labels by name. */
export function labelIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  by: Account,
  names: readonly string[],
  how: "add" | "set",
): void {
  const kept = how === "add" ? issue.labels.map((l) => l.name) : [];
  replaceLabels(world, repository, issue, by, labelsOf(world, repository, by, [...kept, ...names]));
}

function replaceAssignees(
  world: World,
  repository: Repository,
  issue: Issue,
  by: Account,
  accounts: readonly Account[],
): void {
  const before = issue.assignees;
  issue.assignees = [...accounts];
  const added = accounts.filter((a) => !before.includes(a));
  const removed = before.filter((a) => !accounts.includes(a));
  if (added.length + removed.length > 0) issue.updatedAt = world.clock.now();
  for (const assignee of added) {
    tellIssue(world, repository, issue, by, "assigned", { assignee: simpleUser(world, assignee) });
  }
  for (const assignee of removed) {
    tellIssue(world, repository, issue, by, "unassigned", { assignee: simpleUser(world, assignee) });
  }
}

/** Adds or takes off assignees. Here, unlike on creation, GitHub silently leaves out whom it cannot assign. */
export function assignIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  by: Account,
  logins: readonly string[],
  how: "add" | "remove",
): void {
  const named = logins.flatMap((login) => {
    const account = canBeAssigned(world, repository, login) ? world.account(login) : undefined;
    return account === undefined ? [] : [account];
  });
  const kept = issue.assignees.filter((a) => !named.includes(a));
  const after = how === "remove" ? kept : [...issue.assignees, ...named.filter((a) => !issue.assignees.includes(a))];
  replaceAssignees(world, repository, issue, by, oneOnFreePlan(repository, after.slice(0, MAX_ASSIGNEES)));
}

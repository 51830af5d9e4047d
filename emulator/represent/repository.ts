/** Repositories as GitHub's API and its webhooks show them. */
import type { Repository, World } from "../world.js";
import { fullNameOf } from "../world.js";
import { simpleUser } from "./account.js";
import { nodeId, repositoryApi, repositoryHtml, type Schema, stamp } from "./base.js";

function addresses(api: string) {
  return {
    archive_url: `${api}/{archive_format}{/ref}`,
    assignees_url: `${api}/assignees{/user}`,
    blobs_url: `${api}/git/blobs{/sha}`,
    branches_url: `${api}/branches{/branch}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    comments_url: `${api}/comments{/number}`,
    commits_url: `${api}/commits{/sha}`,
    compare_url: `${api}/compare/{base}...{head}`,
    contents_url: `${api}/contents/{+path}`,
    contributors_url: `${api}/contributors`,
    deployments_url: `${api}/deployments`,
    downloads_url: `${api}/downloads`,
    events_url: `${api}/events`,
    forks_url: `${api}/forks`,
    git_commits_url: `${api}/git/commits{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    hooks_url: `${api}/hooks`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    issue_events_url: `${api}/issues/events{/number}`,
    issues_url: `${api}/issues{/number}`,
    keys_url: `${api}/keys{/key_id}`,
    labels_url: `${api}/labels{/name}`,
    languages_url: `${api}/languages`,
    merges_url: `${api}/merges`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    pulls_url: `${api}/pulls{/number}`,
    releases_url: `${api}/releases{/id}`,
    stargazers_url: `${api}/stargazers`,
    statuses_url: `${api}/statuses/{sha}`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    tags_url: `${api}/tags`,
    teams_url: `${api}/teams`,
    trees_url: `${api}/git/trees{/sha}`,
  };
}

export function repositoryJson(world: World, repository: Repository): Schema<"repository"> {
  const api = repositoryApi(world, repository);
  const html = repositoryHtml(world, repository);
  const open = [...repository.issues.values()].filter((i) => i.state === "open").length;
  return {
    ...addresses(api),
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: fullNameOf(repository),
    private: repository.private,
    owner: simpleUser(world, repository.owner),
    html_url: html,
    description: null,
    fork: repository.parent !== null,
    url: api,
    git_url: `git${html.slice(4)}.git`,
    ssh_url: `git@${new URL(html).hostname}:${fullNameOf(repository)}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    archived: repository.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? "private" : "public",
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
    created_at: stamp(repository.createdAt),
    updated_at: stamp(repository.pushedAt),
    pushed_at: stamp(repository.pushedAt),
  };
}

/** The answer to `GET /repos/{owner}/{repo}`. */
export function fullRepository(world: World, repository: Repository): Schema<"full-repository"> {
  const { license, temp_clone_token, code_search_index_status, ...common } = repositoryJson(world, repository);
  const dated = { created_at: stamp(repository.createdAt), updated_at: stamp(repository.pushedAt) };
  const parent = repository.parent === null ? {} : { parent: repositoryJson(world, repository.parent) };
  const owner = simpleUser(world, repository.owner);
  return {
    ...common,
    ...dated,
    ...parent,
    has_discussions: false,
    pushed_at: stamp(repository.pushedAt),
    license,
    subscribers_count: 0,
    network_count: 0,
    ...(repository.owner.type === "Organization" ? { organization: owner } : {}),
  };
}

/** The few facts of a repository that installation events carry. */
export function repositoryBrief(repository: Repository) {
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: fullNameOf(repository),
    private: repository.private,
  };
}

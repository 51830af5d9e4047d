/** The App, its installations and check runs as GitHub's API shows them. */
import type { App, CheckRun, Installation, Repository, World } from "../world.js";
import { simpleUser } from "./account.js";
import { apiUrl, nodeId, repositoryApi, repositoryHtml, type Schema, stamp, stampOrNull } from "./base.js";

export function appJson(world: World, app: App = world.app): NonNullable<Schema<"integration">> {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("App", app.id),
    client_id: `Iv1.${app.id}`,
    owner: simpleUser(world, app.owner),
    name: app.name,
    description: null,
    external_url: "https://example.com",
    html_url: `${world.origin}/apps/${app.slug}`,
    created_at: stamp(app.createdAt),
    updated_at: stamp(app.createdAt),
    permissions: { ...app.permissions },
    events: app.events,
    installations_count: world.installations.size,
  };
}

export function installationJson(world: World, installation: Installation) {
  const page = installation.account.type === "Organization" ? `organizations/${installation.account.login}/` : "";
  return {
    id: installation.id,
    account: simpleUser(world, installation.account),
    repository_selection: installation.selection,
    access_tokens_url: apiUrl(world, `/app/installations/${installation.id}/access_tokens`),
    repositories_url: apiUrl(world, "/installation/repositories"),
    html_url: `${world.origin}/${page}settings/installations/${installation.id}`,
    app_id: world.app.id,
    client_id: `Iv1.${world.app.id}`,
    app_slug: world.app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: stamp(installation.createdAt),
    updated_at: stamp(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_at: stampOrNull(installation.suspendedAt),
    suspended_by: installation.suspendedAt === null ? null : simpleUser(world, installation.account),
  };
}

export function checkRunJson(world: World, repository: Repository, run: CheckRun): Schema<"check-run"> {
  const url = `${repositoryApi(world, repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    head_sha: run.headSha,
    node_id: nodeId("CheckRun", run.id),
    external_id: run.externalId,
    url,
    html_url: `${repositoryHtml(world, repository)}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suiteId },
    app: appJson(world),
    pull_requests: pullsAt(world, repository, run.headSha),
  };
}

/** The open pull requests with that head; those of forks are left out, as GitHub does. */
export function pullsAt(world: World, repository: Repository, sha: string): Schema<"pull-request-minimal">[] {
  const url = repositoryApi(world, repository);
  const repo = { id: repository.id, url, name: repository.name };
  return [...repository.issues.values()].flatMap(({ id, number, state, pull }) => {
    if (pull === null || state !== "open" || pull.head.sha !== sha || pull.head.repository !== repository) return [];
    const head = { ref: pull.head.ref, sha: pull.head.sha, repo };
    return [{ id, number, url: `${url}/pulls/${number}`, head, base: { ...pull.base, repo } }];
  });
}

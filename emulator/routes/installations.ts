/** The App, its installations and tokens, and what an installation covers. */
import {
  answer,
  appRoute,
  type Call,
  installationRoute,
  type OperationId,
  openRoute,
  paged,
  type Route,
} from "../call.js";
import { GitHubError, notFound, refuseUnemulated } from "../errors.js";
import { publicUser, teamFull } from "../represent/account.js";
import { appJson, installationJson } from "../represent/app.js";
import { stamp } from "../represent/base.js";
import { repositoryJson } from "../represent/repository.js";
import type { Account, Installation, Permissions, Repository } from "../world.js";

function installationOf(call: Pick<Call<OperationId>, "world">, id: string): Installation {
  const installation = call.world.installations.get(Number(id));
  if (installation === undefined) throw notFound();
  return installation;
}

/** The installation on an account of one kind. */
function installationOn(call: Pick<Call<OperationId>, "world">, login: string, type: Account["type"]): Installation {
  const account = call.world.account(login);
  const installation = account?.type === type ? call.world.installationOn(account) : undefined;
  if (installation === undefined) throw notFound();
  return installation;
}

/** The repositories a token is narrowed to, by id or by name; null for all that the installation covers. */
function narrowed(call: Call<"apps/create-installation-access-token">, installation: Installation): Set<number> | null {
  const { repository_ids: ids, repositories: names } = call.body ?? {};
  if (ids === undefined && names === undefined) return null;
  const covered = [...call.world.repositories.values()].filter((r) => call.world.covers(installation, r));
  const wanted: (Repository | undefined)[] = [
    ...(ids ?? []).map((id) => covered.find((r) => r.id === id)),
    ...(names ?? []).map((name) => covered.find((r) => r.name.toLowerCase() === name.toLowerCase())),
  ];
  return new Set(
    wanted.map((repository) => {
      if (repository !== undefined) return repository.id;
      const message =
        "There is at least one repository that does not exist or is not accessible to the parent installation.";
      throw new GitHubError(422, message);
    }),
  );
}

/** The permissions a token is narrowed to: never more than what the installation has. */
function granted(asked: Permissions | undefined, installation: Installation): Permissions {
  if (asked === undefined) return installation.permissions;
  const has = new Map(Object.entries(installation.permissions));
  for (const [name, level] of Object.entries(asked)) {
    if (has.get(name) === level || has.get(name) === "write") continue;
    throw new GitHubError(422, "The permissions requested are not granted to this installation.");
  }
  return asked;
}

const app: Route[] = [
  openRoute("apps/create-from-manifest", ({ manifests, params }) => answer(201, manifests.convert(params.code))),
  appRoute("apps/get-authenticated", ({ world }) => answer(200, appJson(world))),
  appRoute("apps/list-installations", (call) => {
    const { since, outdated } = call.query;
    refuseUnemulated({ since, outdated });
    const page = paged(call, [...call.world.installations.values()]);
    // GitHub's description wants an account here to be a user and an enterprise at once.
    const enterprise = { name: "", slug: "", created_at: null, updated_at: null };
    const shown = page.map((i) => installationJson(call.world, i));
    return answer(
      200,
      shown.map((i) => ({ ...i, account: { ...enterprise, ...i.account, name: i.account.login } })),
    );
  }),
  appRoute("apps/get-installation", (call) => {
    const installation = installationOf(call, call.params.installation_id);
    return answer(200, installationJson(call.world, installation));
  }),
  appRoute("apps/create-installation-access-token", (call) => {
    const installation = installationOf(call, call.params.installation_id);
    if (installation.suspendedAt !== null) throw new GitHubError(403, "This installation has been suspended");
    const repositories = narrowed(call, installation);
    const permissions = granted(call.body?.permissions, installation);
    const { token, expiresAt } = call.tokens.issue(installation, permissions, repositories);
    const repository_selection = repositories === null ? installation.selection : "selected";
    return answer(201, { token, expires_at: stamp(expiresAt), permissions, repository_selection });
  }),
  appRoute("apps/get-repo-installation", (call) => {
    const repository = call.world.repository(`${call.params.owner}/${call.params.repo}`);
    const installation = repository && call.world.installationFor(repository);
    if (installation === undefined) throw notFound();
    return answer(200, installationJson(call.world, installation));
  }),
  appRoute("apps/get-org-installation", (call) => {
    const installation = installationOn(call, call.params.org, "Organization");
    return answer(200, installationJson(call.world, installation));
  }),
  appRoute("apps/get-user-installation", (call) => {
    const installation = installationOn(call, call.params.username, "User");
    return answer(200, installationJson(call.world, installation));
  }),
];

const installation: Route[] = [
  installationRoute("apps/list-repos-accessible-to-installation", [], (call) => {
    const { viewer, world } = call;
    if (viewer.kind !== "installation") throw notFound();
    const covered = [...world.repositories.values()].filter(
      (r) => world.covers(viewer.installation, r) && (viewer.repositories?.has(r.id) ?? true),
    );
    const repositories = paged(call, covered).map((r) => repositoryJson(world, r));
    const repository_selection = viewer.installation.selection;
    return answer(200, { total_count: covered.length, repository_selection, repositories });
  }),
  installationRoute("users/get-by-username", [], ({ world, params }) => {
    const account = world.account(params.username);
    if (account === undefined) throw notFound();
    return answer(200, publicUser(world, account));
  }),
  installationRoute("orgs/check-membership-for-user", [{ members: "read" }], ({ world, params }) => {
    const organization = world.account(params.org);
    if (!organization?.members.has(params.username.toLowerCase())) throw notFound();
    return answer(204, undefined);
  }),
  installationRoute("teams/get-by-name", [{ members: "read" }], ({ world, params }) => {
    const organization = world.account(params.org);
    const team = organization?.teams.get(params.team_slug);
    if (organization === undefined || team === undefined) throw notFound();
    return answer(200, teamFull(world, organization, team));
  }),
  installationRoute("rate-limit/get", [], ({ limits, viewer }) => {
    if (viewer.kind !== "installation") throw notFound();
    const who = `installation ID ${viewer.installation.id}`;
    const core = limits.status(who);
    const search = { limit: 30, remaining: 30, reset: core.reset, used: 0 };
    return answer(200, { resources: { core, search }, rate: core });
  }),
];

export const installationRoutes: readonly Route[] = [...app, ...installation];
